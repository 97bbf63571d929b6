import type { BlobHash, PollId } from '#core/kernel/ids.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { encodeLedgerMessage } from '#core/wire/frames.ts';
import { recordMessages } from '#core/wire/reconcile.ts';
import type { RelayStore } from '../storage/port.ts';
import { mayRead, sendBlobs } from './blob-delivery.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Grid } from './grids.ts';
import type { Peer } from './peer.ts';
import { duePublications } from './publishing.ts';
import type { Session } from './session.ts';

export interface LedgerTurnDeps {
	readonly store: RelayStore;
	readonly queue: CommitQueue;
	readonly now: () => number;
}

interface News {
	readonly records: LedgerRecord[];
	/** Whoever brought all of a scope's news is not told them again. */
	readonly from: Set<Session>;
}

/** What one event-loop turn changed in a grid: published in the same transaction, told to the others after it. */
export class LedgerTurn {
	readonly #grid: Grid;
	readonly #peers: ReadonlyMap<Session, Peer>;
	readonly #deps: LedgerTurnDeps;
	#news = new Map<PollId | null, News>();
	#blobs: BlobHash[] = [];

	constructor(grid: Grid, peers: ReadonlyMap<Session, Peer>, deps: LedgerTurnDeps) {
		this.#grid = grid;
		this.#peers = peers;
		this.#deps = deps;
	}

	record(record: LedgerRecord, from: Session): void {
		const news = this.#news.get(record.scope) ?? { records: [], from: new Set() };
		news.records.push(record);
		news.from.add(from);
		this.#news.set(record.scope, news);
		this.#deps.queue.before(this, () => this.#end());
	}

	blob(hash: BlobHash): void {
		this.#blobs.push(hash);
		this.#deps.queue.before(this, () => this.#end());
	}

	#end(): void {
		const news = this.#news;
		const blobs = this.#blobs;
		this.#news = new Map();
		this.#blobs = [];
		this.#deps.queue.after(() => this.#tell(news, blobs));
		if (blobs.length > 0 || news.has(null)) this.#publish();
	}

	#publish(): void {
		for (const publication of duePublications(this.#grid, this.#deps.now())) {
			this.#grid.published.add(publication.publish);
			this.#deps.queue.publication(publication);
		}
	}

	#tell(news: ReadonlyMap<PollId | null, News>, blobs: readonly BlobHash[]): void {
		for (const [scope, { records, from }] of news) {
			const frames = recordMessages(scope, records).map(encodeLedgerMessage);
			for (const [session, peer] of this.#peers) {
				const isOnlySource = from.size === 1 && from.has(session);
				if (!isOnlySource && this.#mayHear(session, peer, scope)) frames.forEach((frame) => session.sendNow(frame));
			}
		}
		for (const hash of blobs) this.#deliver(hash);
	}

	#mayHear(session: Session, peer: Peer, scope: PollId | null): boolean {
		const { role } = session;
		return role !== undefined && peer.follows(scope) && (scope === null || role !== 'newcomer');
	}

	#deliver(hash: BlobHash): void {
		for (const [session, peer] of this.#peers) {
			if (!peer.takeWish(hash) || !mayRead(session, this.#grid, hash)) continue;
			sendBlobs(this.#deps.store, this.#grid, session, [hash]);
		}
	}
}
