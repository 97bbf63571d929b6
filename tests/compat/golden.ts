import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decodeCarriedFile, encodeCarriedFile, type CarriedFile } from '#core/bundle/carried-file.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { foldStanding } from '#core/ledger/fold.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import { stateHash } from '#core/ledger/state-hash.ts';
import { auditClosing, scopeHash } from '#core/polls/audit.ts';
import type { Poll } from '#core/polls/state.ts';
import { Standing } from '#core/validity/standing.ts';
import { Holder } from '../support/admission.ts';

export const NAMES = ['elder-day-care', 'elevator-noise', 'owners-vote', 'generated'] as const;
export type Name = (typeof NAMES)[number];

/** What a ledger says, as far as it is recorded. */
export interface Meaning {
	readonly records: number;
	readonly blobs: number;
	/** Changes also where a state merely learns to say more; `polls` is what must not change. */
	readonly state: string;
	readonly scopes: Readonly<Record<string, string>>;
	readonly polls: Readonly<Record<string, unknown>>;
}

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export function readFile(name: Name): CarriedFile {
	const read = decodeCarriedFile(gunzipSync(readFileSync(pathOf(`${name}.corner`))));
	if (!read.ok) throw new Error(`${name}.corner: ${read.error}`);
	return read.value;
}

export const writeFile = (name: Name, file: CarriedFile): void =>
	writeFileSync(pathOf(`${name}.corner`), gzipSync(encodeCarriedFile(file), { level: 9 }));

export const readMeanings = (): Readonly<Record<string, Meaning>> =>
	JSON.parse(readFileSync(pathOf('meanings.json'), 'utf8')) as Record<string, Meaning>;

export function writeMeanings(): void {
	const meanings = Object.fromEntries(NAMES.map((name) => [name, meaningOf(readFile(name))]));
	writeFileSync(pathOf('meanings.json'), `${JSON.stringify(meanings, undefined, '\t')}\n`);
}

/** Admits everything, as a device that reads a carried file does, and folds it. */
export function meaningOf({ grid, records, blobs }: CarriedFile): Meaning {
	const holder = new Holder(grid);
	const waiting = holder.offerAll(records.map(({ wire }) => wire));
	if (waiting.length > 0) throw new Error(`${waiting.length} records wait for something that is not in the file`);
	const held = new Map(blobs.map((bytes) => [blobHash(bytes), bytes]));
	return meaningIn(holder.ledger, new Standing(holder.ledger, (hash) => held.get(hash)), held.size);
}

function meaningIn(ledger: Ledger, standing: Standing, blobs: number): Meaning {
	const state = foldStanding(standing);
	const polls = [...state.polls.values()];
	return {
		...{ records: ledger.size, blobs, state: stateHash(state) },
		scopes: Object.fromEntries(polls.map((poll) => [poll.id, scopeHash(ledger, standing, poll)])),
		polls: Object.fromEntries(polls.map((poll) => [poll.id, told(standing, poll)])),
	};
}

/** The result in words and numbers, and what everybody finds who counts again. */
function told(standing: Standing, poll: Poll) {
	return {
		status: poll.status,
		closings: poll.closings.map((closing) => {
			const { recount, defects, late, revoked, uncited, newDevice, material, tally } = auditClosing(
				standing,
				poll,
				closing,
			);
			return {
				...{ closing: closing.id, outcome: closing.decision.outcome, certified: closing.certified },
				...{ recount, defects, counts: tally.counts, conflicts: tally.conflicts, material },
				...{ late, revoked, uncited, newDevice },
			};
		}),
	};
}
