import { concat, type BlobHash, type PollId, type RecordId } from '#core/kernel/ids.ts';
import { blobReferences } from '#core/ledger/references.ts';
import { BATCH, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import type { OutboxRow } from '#lib/adapters/dexie/database.ts';
import type { CornerCopy } from '../corner-copy.ts';

export interface BlobChannel {
	send(message: LedgerMessage): void;
	/** Sent one after the other, as the network takes them. */
	sendPaced(messages: Iterable<LedgerMessage>): void;
}

/** Whose blobs they are. */
type Blobs = Pick<CornerCopy, 'blob' | 'record' | 'missingBlobs' | 'receiveBlob'>;
type Chunk = Extract<LedgerMessage, { t: 'chunk' }>;

/** How many blobs are named in one message. */
const AT_ONCE = 512;

/** The blobs of one corner on their way to the relay and from it. After a cut both directions go on where they were. */
export class BlobTransfer {
	readonly #copy: Blobs;
	readonly #channel: BlobChannel;
	/** What has come of blobs that are not whole yet; kept over a cut. */
	readonly #incoming = new Map<BlobHash, { readonly pieces: Uint8Array[]; received: number }>();
	readonly #asked = new Set<BlobHash>();
	/** Offered or sent on this connection. */
	readonly #offered = new Set<BlobHash>();
	readonly #sent = new Set<BlobHash>();

	constructor(copy: Blobs, channel: BlobChannel) {
		this.#copy = copy;
		this.#channel = channel;
	}

	/** A new connection remembers nothing of what was said on the last one. */
	startAgain(): void {
		this.#asked.clear();
		this.#offered.clear();
		this.#sent.clear();
	}

	/** Asks for the blobs that held records of these scopes name and this device lacks. */
	fetchMissing(scopes: readonly (PollId | null)[]): void {
		const missing = scopes.flatMap((scope) => this.#copy.missingBlobs(scope)).filter((hash) => !this.#asked.has(hash));
		for (const hash of missing) this.#asked.add(hash);
		const begun = missing.filter((hash) => this.#incoming.has(hash));
		const fresh = missing.filter((hash) => !this.#incoming.has(hash));
		for (const hash of begun) {
			this.#channel.send({ t: 'want-rest', hash, offset: this.#incoming.get(hash)?.received ?? 0 });
		}
		for (const hashes of pagesOf(fresh)) this.#channel.send({ t: 'want-blobs', hashes });
	}

	/** RELAY-50: offers unsent blobs, but none whose record the relay has still to take: it would know no use for it. */
	offer(rows: readonly OutboxRow[]): void {
		const waiting = rows.filter(({ kind, refusal }) => kind === 'record' && refusal === undefined);
		const early = new Set(waiting.flatMap(({ id }) => this.#blobsNamedBy(id as RecordId)));
		const ripe = rows.flatMap(({ id, kind, refusal }) =>
			kind === 'blob' && refusal === undefined && !early.has(id as BlobHash) ? [id as BlobHash] : [],
		);
		const fresh = ripe.filter((hash) => this.#copy.blob(hash) && !this.#offered.has(hash) && !this.#sent.has(hash));
		for (const hash of fresh) this.#offered.add(hash);
		for (const hashes of pagesOf(fresh)) this.#channel.send({ t: 'offer-blobs', hashes });
	}

	/** The relay put it off: it is offered again. */
	putOff(hash: BlobHash): void {
		this.#offered.delete(hash);
		this.#sent.delete(hash);
	}

	/** `offset`: how much of it the relay has already. */
	send(hash: BlobHash, offset = 0): void {
		const bytes = this.#copy.blob(hash);
		if (!bytes || this.#sent.has(hash)) return;
		this.#sent.add(hash);
		this.#channel.sendPaced(chunksOf(hash, bytes, offset));
	}

	/** RELAY-49. What comes out of order was overtaken by a cut; what is whole and wrong is dropped and asked for anew. */
	receive({ hash, offset, size, bytes }: Chunk): void {
		const incoming = offset === 0 ? { pieces: [], received: 0 } : this.#incoming.get(hash);
		if (incoming?.received !== offset) return;
		incoming.pieces.push(bytes);
		incoming.received += bytes.length;
		this.#incoming.set(hash, incoming);
		if (incoming.received < size) return;
		this.#incoming.delete(hash);
		// Not waited for: the next ones may come meanwhile and be stored together.
		void this.#keep(hash, concat(...incoming.pieces));
	}

	/** DEV-12: what is kept may be set aside, and then asked for again on this very connection. */
	async #keep(hash: BlobHash, bytes: Uint8Array): Promise<void> {
		try {
			if (await this.#copy.receiveBlob(bytes)) this.#asked.delete(hash);
		} catch (failure) {
			console.error(failure);
		}
	}

	#blobsNamedBy(id: RecordId): readonly BlobHash[] {
		const record = this.#copy.record(id);
		return record ? blobReferences(record).map(({ hash }) => hash) : [];
	}
}

function* chunksOf(hash: BlobHash, bytes: Uint8Array, from: number): Iterable<LedgerMessage> {
	for (let offset = from; offset < bytes.length; offset += BATCH.chunk) {
		const piece = bytes.slice(offset, offset + BATCH.chunk);
		yield { t: 'chunk', hash, offset, size: bytes.length, bytes: piece };
	}
}

function* pagesOf(hashes: readonly BlobHash[]): Iterable<readonly BlobHash[]> {
	for (let start = 0; start < hashes.length; start += AT_ONCE) yield hashes.slice(start, start + AT_ONCE);
}
