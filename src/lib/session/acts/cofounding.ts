import { toHex, type GridId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { Composer } from '#core/ledger/composer.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import type { RecordRefusal } from '#core/ledger/record.ts';
import { isWeakKey, possessionMessage } from '#core/ledger/signatures.ts';
import {
	cofounderMessage,
	enterAsCofounder,
	formatCofounderAnswer,
	formatFounded,
	foundersAwaited,
	mayAddCofounder,
	parseCofounderAnswer,
	type Cofounder,
	type CofounderRefusal,
	type FoundedGrid,
} from '#core/roster/cofounding.ts';
import type { Card } from '#core/roster/records.ts';
import { now } from '#lib/adapters/clock.ts';
import type { FounderKeyRow } from '#lib/adapters/dexie/database.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import { createDeviceKey, platformSignsRight, sign, verify } from '#lib/adapters/signer.ts';
import type { Corners, OpeningRefusal } from '../corners.svelte.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { cornerOf, keep } from './arrival.ts';

/** By what a founding asks, and what genesis will carry. */
export const newFoundingNonce = (): string => toHex(randomBytes(16));

/** FOUND-2: reads what a co-founder's phone answered; its proof must be over this founding. */
export async function readCofounderAnswer(
	nonce: string,
	held: readonly Cofounder[],
	text: string,
): Promise<Result<Cofounder, CofounderRefusal | 'cofounder-malformed'>> {
	const answer = parseCofounderAnswer(text);
	if (!answer.ok) return answer;
	const allowed = mayAddCofounder(nonce, held, answer.value);
	if (!allowed.ok) return allowed;
	const { key, proof } = answer.value;
	const message = cofounderMessage(nonce, allowed.value);
	const meant = !isWeakKey(key) && (await verify({ key, message, signature: proof }));
	return meant ? allowed : err('cofounder-other-founding');
}

/** What this device answered to a founding that asks by this nonce; undefined when it did not. */
export async function cofounderAnswer(corners: Corners, nonce: string): Promise<string | undefined> {
	const row = await corners.founderKey(nonce);
	return row && answerOf(row);
}

/** Makes this device's founder key, keeps it, and answers what the founder has to read. */
export async function answerFounding(
	corners: Corners,
	nonce: string,
	card: Card,
): Promise<Result<string, OpeningRefusal>> {
	if (!(await platformSignsRight())) return err('browser-too-old');
	const row = { nonce, card, ...(await createDeviceKey()) };
	const kept = await corners.keepFounderKey(row);
	return kept.ok ? ok(await answerOf(row)) : kept;
}

/** FOUND-3: this device comes into the corner that it helped to found. The relay knows its key from genesis. */
export async function enterFounded(
	corners: Corners,
	{ nonce, grid }: FoundedGrid,
): Promise<Result<GridId, OpeningRefusal | RecordRefusal | 'founder-key-missing'>> {
	if (await corners.openKnown(grid)) return ok(grid);
	const row = await corners.founderKey(nonce);
	if (!row) return err('founder-key-missing');
	const { key, privateKey, card } = row;
	const pop = await sign(privateKey, possessionMessage(grid, grid, key));
	const composer = new Composer(new Ledger(), { key, grid, auth: grid }, now());
	enterAsCofounder(composer, grid, pop, card, randomBytes(16));
	return keep(corners, { ...cornerOf(grid, '', { key, privateKey }), cofounder: true }, composer);
}

/** What co-founders who are not in yet have to learn from a founder's phone; undefined when all are in. */
export function foundedToShow({ ledger, state, corner }: Workspace): string | undefined {
	const genesis = ledger.ofType('genesis')[0];
	if (!genesis?.body.founders.includes(corner.key) || foundersAwaited(state.roster).length === 0) return undefined;
	return formatFounded({ nonce: toHex(genesis.body.nonce), grid: genesis.id });
}

async function answerOf({ nonce, key, privateKey, card: { name } }: FounderKeyRow): Promise<string> {
	const proof = await sign(privateKey, cofounderMessage(nonce, { key, name }));
	return formatCofounderAnswer({ nonce, key, name, proof });
}
