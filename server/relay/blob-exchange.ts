import type { BlobHash } from '#core/kernel/ids.ts';
import { encodeLedgerMessage } from '#core/wire/frames.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import type { RelayStore } from '../storage/port.ts';
import { mayRead, sendBlobs } from './blob-delivery.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { DiskUse } from './disk-use.ts';
import type { Grid } from './grids.ts';
import { HalfSentBlobs, type Chunk } from './half-sent.ts';
import type { Peer } from './peer.ts';
import type { Session } from './session.ts';

export interface BlobExchangeDeps {
	readonly store: RelayStore;
	readonly queue: CommitQueue;
	readonly use: DiskUse;
	readonly elapsed: () => number;
	/** A blob is held from this turn on. */
	readonly arrived: (hash: BlobHash) => void;
}

export type BlobMessage = Extract<LedgerMessage, { t: 'chunk' | 'offer-blobs' | 'want-blobs' | 'want-rest' }>;

/** How many missing blobs are asked for at once; the message allows so many. */
const WANTED_AT_ONCE = 1024;

/** The blobs of one grid, coming in and going out (LEDGER 1, 5). */
export class BlobExchange {
	readonly #grid: Grid;
	readonly #deps: BlobExchangeDeps;
	readonly #halfSent: HalfSentBlobs;

	constructor(grid: Grid, deps: BlobExchangeDeps) {
		this.#grid = grid;
		this.#deps = deps;
		this.#halfSent = new HalfSentBlobs(deps.elapsed);
	}

	hear(session: Session, peer: Peer, message: BlobMessage): void {
		switch (message.t) {
			case 'chunk':
				return this.#chunk(session, message);
			case 'offer-blobs':
				return message.hashes.forEach((hash) => this.#offered(session, hash));
			case 'want-blobs':
				return this.#wanted(session, peer, message.hashes);
			case 'want-rest':
				return this.#wanted(session, peer, [message.hash], message.offset);
		}
	}

	/** Asks for those of the blobs that are missing, each from where this device left off. */
	askFor(session: Session, hashes: readonly BlobHash[]): void {
		if (this.#deps.use.isFull(this.#grid.id)) return;
		const missing = hashes.filter((hash) => !this.#grid.hasBlob(hash)).slice(0, WANTED_AT_ONCE);
		const begun = missing.filter((hash) => this.#received(session, hash) > 0);
		const fresh = missing.filter((hash) => !begun.includes(hash));
		for (const hash of begun) this.#say(session, { t: 'want-rest', hash, offset: this.#received(session, hash) });
		if (fresh.length > 0) this.#say(session, { t: 'want-blobs', hashes: fresh });
	}

	/** Sends a blob that came in to one that waited for it. */
	deliver(session: Session, peer: Peer, hash: BlobHash): void {
		if (!peer.takeWish(hash) || !mayRead(session, this.#grid, hash)) return;
		sendBlobs(this.#deps.store, this.#grid, session, [hash], 0);
	}

	#offered(session: Session, hash: BlobHash): void {
		const verdict = this.#verdictBefore(session, hash);
		if (verdict === undefined) this.askFor(session, [hash]);
		else this.#say(session, { t: 'blob-ack', hash, verdict });
	}

	#chunk(session: Session, chunk: Chunk): void {
		const verdict = this.#verdictBefore(session, chunk.hash) ?? this.#take(session, chunk);
		if (verdict !== undefined) this.#say(session, { t: 'blob-ack', hash: chunk.hash, verdict });
	}

	/** RELAY-13, RELAY-42: '' when it is held; undefined when it may come. */
	#verdictBefore(session: Session, hash: BlobHash): string | undefined {
		if (session.role === 'observer') return 'not-permitted';
		if (!this.#grid.ledger.blobKind(hash)) return 'blob-not-referenced';
		if (this.#grid.hasBlob(hash)) return '';
		return this.#deps.use.isFull(this.#grid.id) ? 'full' : undefined;
	}

	/** '' once the blob is held; undefined while pieces are missing. */
	#take({ key }: Session, chunk: Chunk): string | undefined {
		const taken = key ? this.#halfSent.take(key, chunk) : 'more';
		if (taken === 'more') return undefined;
		if ('refusal' in taken) return taken.refusal;
		this.#grid.addBlob(chunk.hash, taken.bytes);
		this.#deps.queue.blob({ grid: this.#grid.id, hash: chunk.hash, bytes: taken.bytes });
		this.#deps.arrived(chunk.hash);
		return '';
	}

	#wanted(session: Session, peer: Peer, hashes: readonly BlobHash[], offset = 0): void {
		const allowed = hashes.filter((hash) => mayRead(session, this.#grid, hash));
		for (const hash of allowed) if (!this.#grid.hasBlob(hash)) peer.wish(hash);
		const held = allowed.filter((hash) => this.#grid.hasBlob(hash));
		if (held.length > 0) sendBlobs(this.#deps.store, this.#grid, session, held, offset);
	}

	#received({ key }: Session, hash: BlobHash): number {
		return key ? this.#halfSent.received(key, hash) : 0;
	}

	#say(session: Session, message: LedgerMessage): void {
		session.send(encodeLedgerMessage(message));
	}
}
