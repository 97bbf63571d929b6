import { encodeCarriedFile, type CarriedFile } from '#core/bundle/carried-file.ts';
import { closeOutcome } from '#core/bundle/closure.ts';
import { editionOf, outcomeFile } from '#core/bundle/outcome.ts';
import { verifyOutcome, type OutcomeVerdict } from '#core/bundle/verify.ts';
import { toHex, type GridId, type RecordId } from '#core/kernel/ids.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';
import type { StoryCorner } from '../../server/cli/scenario/people.ts';
import { Verifier } from '../../server/ed25519.ts';
import { must } from './must.ts';

/** The file of the latest publication, or of the one named. */
export function fileOf(corner: StoryCorner, outcome = latest(corner)): CarriedFile {
	const closure = closeOutcome(corner.ledger, corner.blob, must(editionOf(corner.ledger, outcome)));
	return outcomeFile(corner.grid, corner.ledger, corner.blob, outcome, closure);
}

/** What anybody says who has nothing but the file. */
export function verdictOn(file: CarriedFile | Uint8Array, grid?: GridId): Promise<OutcomeVerdict> {
	const bytes = file instanceof Uint8Array ? file : encodeCarriedFile(file);
	return verifyOutcome(bytes, { isTrue, grid });
}

export async function reasonsAgainst(file: CarriedFile | Uint8Array, grid?: GridId): Promise<readonly string[]> {
	const verdict = await verdictOn(file, grid);
	return verdict.verdict === 'unreadable' ? [verdict.code] : verdict.reasons.map(({ code }) => code);
}

function latest({ ledger }: StoryCorner): RecordId {
	return must(ledger.ofType('publish').at(-1)).id;
}

const verifier = new Verifier();
const known = new Map<string, boolean>();

/** A thousand files differ in one byte: the same bytes under the same key are not judged anew. */
function isTrue(check: SignatureCheck): boolean {
	const name = check.key + toHex(check.signature) + Buffer.from(check.message).toString('latin1');
	const verdict = known.get(name) ?? verifier.isTrue(check);
	known.set(name, verdict);
	return verdict;
}
