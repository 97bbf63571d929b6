import {
	byteString,
	bytes,
	digest,
	id,
	list,
	nullable,
	object,
	oneOf,
	publicBlob,
	text,
	tuple,
	uint,
	union,
	type BodyOf,
} from '../kernel/fields.ts';

/** LEDGER 5: a message holds at most so many records and bytes. */
export const BATCH = { records: 128, bytes: 256 * 1024, chunk: 64 * 1024 } as const;

const scope = nullable(id);
const wire = byteString(16 * 1024 + 128);

/** "My set of this scope hashes to this." The answer is `same`, or `buckets`. */
const helloFields = { t: oneOf(['hello']), scope, root: digest };
const sameFields = { t: oneOf(['same']), scope, root: digest };
/** 256 digests of 16 bytes, one for each first byte of an id. */
const bucketsFields = { t: oneOf(['buckets']), scope, buckets: bytes(256 * 16) };
/** The sender's ids in the buckets that differ: `[bucket, ids]`. */
const idsFields = { t: oneOf(['ids']), scope, ids: list(tuple(uint, list(id, 65_536)), 256) };
const wantFields = { t: oneOf(['want']), scope, ids: list(id, 65_536) };
const recordsFields = { t: oneOf(['records']), scope, wires: list(wire, BATCH.records) };
/** `[id, verdict]`: '' held for good, 'later' offer again, else a refusal code. */
const ackFields = { t: oneOf(['ack']), verdicts: list(tuple(id, text(40, 0)), BATCH.records) };
/** "Send me these blobs." */
const wantBlobsFields = { t: oneOf(['want-blobs']), hashes: list(publicBlob, 1024) };
/** One piece of a blob, pieces in order from offset 0; `size` is the whole. */
const chunkFields = { t: oneOf(['chunk']), hash: publicBlob, offset: uint, size: uint, bytes: byteString(BATCH.chunk) };
/** '' held for good, else a refusal code. */
const blobAckFields = { t: oneOf(['blob-ack']), hash: publicBlob, verdict: text(40, 0) };
/** Asks to be told of new records in a poll's scope from now on. */
const subscribeFields = { t: oneOf(['subscribe']), scope: id };

/** 64: the reconciliation of one scope's set, and the blobs its records name. Symmetric: either side may ask. */
export type LedgerMessage =
	| BodyOf<typeof helloFields>
	| BodyOf<typeof sameFields>
	| BodyOf<typeof bucketsFields>
	| BodyOf<typeof idsFields>
	| BodyOf<typeof wantFields>
	| BodyOf<typeof recordsFields>
	| BodyOf<typeof ackFields>
	| BodyOf<typeof wantBlobsFields>
	| BodyOf<typeof chunkFields>
	| BodyOf<typeof blobAckFields>
	| BodyOf<typeof subscribeFields>;

export const ledgerField = union<LedgerMessage>({
	hello: object(helloFields),
	same: object(sameFields),
	buckets: object(bucketsFields),
	ids: object(idsFields),
	want: object(wantFields),
	records: object(recordsFields),
	ack: object(ackFields),
	'want-blobs': object(wantBlobsFields),
	chunk: object(chunkFields),
	'blob-ack': object(blobAckFields),
	subscribe: object(subscribeFields),
});
