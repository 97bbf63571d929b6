import type { BlobHash, GridId, PollId } from '#core/kernel/ids.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import { encodeLedgerMessage } from '#core/wire/frames.ts';
import { REVOCATION_TYPES } from '#core/roster/records.ts';
import { recordMessages } from '#core/wire/reconcile.ts';
import type { RelayStore } from '../storage/port.ts';
import type { BlobExchange } from './blob-exchange.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Grid } from './grids.ts';
import type { LinkedRelays } from './linked-relays.ts';
import type { Peer } from './peer.ts';
import { duePublications } from './publishing.ts';
import type { Session } from './session.ts';

export interface LedgerTurnDeps {
	readonly store: RelayStore;
	readonly queue: CommitQueue;
	readonly now: () => number;
	/** Somebody may be nobody here any more. */
	readonly rightsEnded: (grid: GridId) => void;
}

/** Who is told. */
export interface Audience {
	readonly peers: ReadonlyMap<Session, Peer>;
	readonly relays: LinkedRelays;
}

interface News {
	readonly records: HeldRecord[];
	/** Whoever brought all of a scope's news is not told them again; undefined stands for the relay itself. */
	readonly from: Set<Session | undefined>;
}

/** What one event-loop turn changed in a grid: published in the same transaction, told to the others after it. */
export class LedgerTurn {
	readonly #grid: Grid;
	readonly #peers: ReadonlyMap<Session, Peer>;
	readonly #relays: LinkedRelays;
	readonly #blobExchange: BlobExchange;
	readonly #deps: LedgerTurnDeps;
	#news = new Map<PollId | null, News>();
	#blobs: BlobHash[] = [];

	constructor(grid: Grid, { peers, relays }: Audience, blobExchange: BlobExchange, deps: LedgerTurnDeps) {
		this.#grid = grid;
		this.#peers = peers;
		this.#relays = relays;
		this.#blobExchange = blobExchange;
		this.#deps = deps;
	}

	record(record: HeldRecord, from: Session | undefined): void {
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
		if (mayEndRights(news.get(null), blobs)) this.#deps.queue.after(() => this.#deps.rightsEnded(this.#grid.id));
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
			for (const relay of this.#relays.listeners(from)) {
				if (scope === null || relay.role === 'relay') frames.forEach((frame) => relay.sendNow(frame));
			}
		}
		for (const hash of blobs) {
			for (const [session, peer] of this.#peers) this.#blobExchange.deliver(session, peer, hash);
		}
	}

	/** Structure goes to everybody in the room: also to who is nobody by it, and is told so before it is cut. */
	#mayHear(session: Session, peer: Peer, scope: PollId | null): boolean {
		if (this.#relays.includes(session)) return false;
		return peer.follows(scope) && (scope === null || (session.role !== undefined && session.role !== 'newcomer'));
	}
}

/** A revocation, what it may have waited for, or a list of cuts that comes as a blob. */
function mayEndRights(structure: News | undefined, blobs: readonly BlobHash[]): boolean {
	const ending: readonly string[] = [...REVOCATION_TYPES, 'relay.end', 'cosign'];
	return blobs.length > 0 || (structure?.records.some(({ type }) => ending.includes(type)) ?? false);
}
