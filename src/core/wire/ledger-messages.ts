import {
	byteString,
	bytes,
	digest,
	id,
	list,
	nullable,
	object,
	oneOf,
	optional,
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
/** `rest`: how many records the sender's next messages bring besides; for a progress bar, and believed by nobody. */
const recordsFields = { t: oneOf(['records']), scope, wires: list(wire, BATCH.records), rest: optional(uint) };
/** `[id, verdict]`: '' held for good, 'later' or 'full' offer again, else a refusal code. */
const ackFields = { t: oneOf(['ack']), verdicts: list(tuple(id, text(40, 0)), BATCH.records) };
/** "I hold these blobs, and you may lack them." The answer to each is a `blob-ack` or a request. */
const offerBlobsFields = { t: oneOf(['offer-blobs']), hashes: list(publicBlob, 1024) };
/** "Send me these blobs." */
const wantBlobsFields = { t: oneOf(['want-blobs']), hashes: list(publicBlob, 1024) };
/** "Go on with this blob from here": the connection was cut in the middle of it. */
const wantRestFields = { t: oneOf(['want-rest']), hash: publicBlob, offset: uint };
/** One piece of a blob, pieces in order, from offset 0 or from where the other side asked; `size` is the whole. */
const chunkFields = { t: oneOf(['chunk']), hash: publicBlob, offset: uint, size: uint, bytes: byteString(BATCH.chunk) };
/** '' held for good, 'later' or 'full' offer again, else a refusal code. */
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
	| BodyOf<typeof offerBlobsFields>
	| BodyOf<typeof wantBlobsFields>
	| BodyOf<typeof wantRestFields>
	| BodyOf<typeof chunkFields>
	| BodyOf<typeof blobAckFields>
	| BodyOf<typeof subscribeFields>;

/**
 * RELAY-42: verdicts that are no refusal. What it is about stays unsent and is offered again: something it rests on has
 * not come, its device was too fast, or (`full`) the grid has used its share of the relay's disk.
 */
export const PASSING_VERDICTS: readonly string[] = ['later', 'full'];

export const ledgerField = union<LedgerMessage>({
	hello: object(helloFields),
	same: object(sameFields),
	buckets: object(bucketsFields),
	ids: object(idsFields),
	want: object(wantFields),
	records: object(recordsFields),
	ack: object(ackFields),
	'offer-blobs': object(offerBlobsFields),
	'want-blobs': object(wantBlobsFields),
	'want-rest': object(wantRestFields),
	chunk: object(chunkFields),
	'blob-ack': object(blobAckFields),
	subscribe: object(subscribeFields),
});
