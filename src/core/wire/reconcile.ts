import { sha256 } from '@noble/hashes/sha2.js';
import { concat, equalBytes, fromHex, labelledHash, type PollId, type RecordId } from '../kernel/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { HeldRecord } from '../ledger/record.ts';
import { rosterRecords } from '../roster/records.ts';
import { BATCH, type LedgerMessage } from './ledger-messages.ts';

type Scope = PollId | null;
const BUCKETS = 256;
const DIGEST_BYTES = 16;

/** The hash of a scope's whole set: equal roots, equal sets. */
export function scopeRoot(ledger: Ledger, scope: Scope): string {
	return labelledHash('council-corner/root/1', concat(...ledger.idsOf(scope).map(fromHex)));
}

export const hello = (ledger: Ledger, scope: Scope): LedgerMessage => ({
	t: 'hello',
	scope,
	root: scopeRoot(ledger, scope),
});

/** WIRE-5: the next messages of a reconciliation. The same function serves phone, relay and relay. */
export function answer(ledger: Ledger, message: LedgerMessage): readonly LedgerMessage[] {
	switch (message.t) {
		case 'hello':
			return [answerHello(ledger, message.scope, message.root)];
		case 'buckets':
			return [answerBuckets(ledger, message.scope, message.buckets)];
		case 'ids':
			return answerIds(ledger, message.scope, message.ids);
		case 'want':
			return recordMessages(message.scope, held(ledger, message.ids, message.scope));
		default:
			return [];
	}
}

/** Records in batches within LEDGER 5's limits, roster first, then by Lamport clock, so that few must wait. */
export function recordMessages(scope: Scope, records: readonly HeldRecord[]): readonly LedgerMessage[] {
	const batches: Uint8Array[][] = [];
	let bytes = 0;
	for (const { wire } of [...records].sort(bySendingOrder)) {
		const batch = batches.at(-1);
		const full = !batch || batch.length >= BATCH.records || bytes + wire.length > BATCH.bytes;
		if (full) batches.push([wire]);
		else batch.push(wire);
		bytes = full ? wire.length : bytes + wire.length;
	}
	let rest = records.length;
	return batches.map((wires) => {
		rest -= wires.length;
		return rest === 0 ? { t: 'records', scope, wires } : { t: 'records', scope, wires, rest };
	});
}

function answerHello(ledger: Ledger, scope: Scope, root: string): LedgerMessage {
	const own = scopeRoot(ledger, scope);
	return own === root ? { t: 'same', scope, root } : { t: 'buckets', scope, buckets: bucketDigests(ledger, scope) };
}

function answerBuckets(ledger: Ledger, scope: Scope, theirs: Uint8Array): LedgerMessage {
	const own = bucketDigests(ledger, scope);
	const buckets = idsByBucket(ledger, scope);
	const differing = buckets
		.map((ids, bucket) => [bucket, ids] as const)
		.filter(([bucket]) => !equalBytes(digestAt(own, bucket), digestAt(theirs, bucket)));
	return { t: 'ids', scope, ids: differing };
}

function answerIds(
	ledger: Ledger,
	scope: Scope,
	theirs: readonly (readonly [number, readonly RecordId[]])[],
): readonly LedgerMessage[] {
	const own = idsByBucket(ledger, scope);
	const known = new Set(theirs.flatMap(([, ids]) => ids));
	const wanted = [...known].filter((id) => !ledger.holds(id));
	const buckets = new Set(theirs.map(([bucket]) => bucket));
	const lacking = [...buckets].flatMap((bucket) => own[bucket] ?? []).filter((id) => !known.has(id));
	const sent = recordMessages(scope, held(ledger, lacking, scope));
	return wanted.length > 0 ? [...sent, { t: 'want', scope, ids: wanted }] : sent;
}

function held(ledger: Ledger, ids: readonly RecordId[], scope: Scope): readonly HeldRecord[] {
	// Somebody may ask for one large record thousands of times in one message.
	return [...new Set(ids)].flatMap((id) => ledger.held(id) ?? []).filter((record) => record.scope === scope);
}

function idsByBucket(ledger: Ledger, scope: Scope): readonly (readonly RecordId[])[] {
	const buckets: RecordId[][] = Array.from({ length: BUCKETS }, () => []);
	for (const id of ledger.idsOf(scope)) buckets[Number.parseInt(id.slice(0, 2), 16)]?.push(id);
	return buckets;
}

function bucketDigests(ledger: Ledger, scope: Scope): Uint8Array {
	const digests = idsByBucket(ledger, scope).map((ids) => sha256(concat(...ids.map(fromHex))).slice(0, DIGEST_BYTES));
	return concat(...digests);
}

const digestAt = (digests: Uint8Array, bucket: number) =>
	digests.subarray(bucket * DIGEST_BYTES, (bucket + 1) * DIGEST_BYTES);

function bySendingOrder(a: HeldRecord, b: HeldRecord): number {
	const roster = (record: HeldRecord) => (Object.hasOwn(rosterRecords, record.type) ? 0 : 1);
	return roster(a) - roster(b) || a.lc - b.lc || a.seq - b.seq;
}
