import type { PollId } from '#core/kernel/ids.ts';
import { ok } from '#core/kernel/result.ts';
import { introductionOf } from '#core/wire/introduction.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import type { CornerRow, OutboxRow } from '#lib/adapters/dexie/database.ts';
import type { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { sign } from '#lib/adapters/signer.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';
import { webSocketLine } from '#lib/adapters/web-socket-line.ts';
import type { CornerCopy } from './corner-copy.ts';
import type { CourtyardRelay } from './sync/courtyard.ts';
import type { Fetching } from './sync/fetching.ts';
import type { RelayHere, RelayPlace } from './sync/relay-place.ts';
import { relayStanding } from './sync/relay-standing.ts';
import { NO_SCOPES } from './sync/scopes-in-step.ts';
import { TabChannel } from './sync/tab-channel.ts';
import { TrunkSync } from './sync/trunk-sync.ts';

/** What the relays ask of the corner they carry for. */
export interface RelaysNotes {
	/** One of them was just logged in at. */
	connected(): void;
	/** Whether a vote's certified closing stands, so that its ballots need nobody to keep them. */
	isOver(poll: PollId): boolean;
}

/**
 * REACH-1: the relays this device speaks to, at the app's own address and in the courtyard. The tab that leads has a
 * connection to each; the others are told how they stand.
 */
export class Relays {
	readonly home: RelayHere;
	homeStatus: TrunkStatus = $state('connecting');
	/** Where this device was shown one. */
	courtyard: CourtyardRelay | undefined = $state.raw();
	courtyardStatus: TrunkStatus | undefined = $state();
	/** How this device is connected with whichever is best reached. */
	readonly best: TrunkStatus = $derived(this.courtyardStatus === 'open' ? 'open' : this.homeStatus);
	/** Whether this opening of the app was ever connected. */
	everConnected = $state(false);
	/** Scopes of which this device holds all that its relay holds, now. */
	inStep: ReadonlySet<PollId | null> = $state.raw(NO_SCOPES);
	/** While many records are on their way here; undefined otherwise. */
	fetching: Fetching | undefined = $state.raw();
	/** In the tab that leads. */
	readonly syncs: Partial<Record<RelayPlace, TrunkSync>> = {};
	readonly #corner: CornerRow;
	readonly #copy: CornerCopy;
	readonly #store: LedgerStore;
	readonly #notes: RelaysNotes;
	readonly #tabs: TabChannel;
	#followed: readonly PollId[] = [];

	/** `homeUrl`: the `/sync` address of the relay at home. */
	constructor(corner: CornerRow, copy: CornerCopy, store: LedgerStore, homeUrl: string, notes: RelaysNotes) {
		this.#corner = corner;
		this.#copy = copy;
		this.#store = store;
		this.#notes = notes;
		const line = Promise.resolve(ok(webSocketLine(homeUrl)));
		const standing = relayStanding(copy, store, corner.relay);
		this.home = { dial: () => line, standing, founding: corner.founding, shown: [] };
		if (standing.isLetGo()) this.homeStatus = 'relay-ended';
		this.#tabs = new TabChannel(corner.grid, {
			status: (at, status) => this.#noteStatus(at, status),
			follow: (scopes) => this.#each((sync) => sync.follow(scopes)),
			inStep: (scopes) => (this.inStep = scopes),
			courtyard: (card) => void this.#openCourtyard(card),
			reconnect: () => this.#each((sync) => sync.reconnectNow()),
		});
		if (corner.courtyard) void this.#openCourtyard(corner.courtyard);
	}

	/** Begins to speak, for all tabs of the device, until what it answers is called. */
	lead(): () => void {
		this.#speakTo('home', this.home);
		if (this.courtyard) this.#speakTo('courtyard', this.courtyard);
		return () => this.#each((sync) => sync.close());
	}

	/** Fetches a poll's ballots to this device, now and as they come. */
	follow(poll: PollId): void {
		if (this.#followed.includes(poll)) return;
		this.#followed = [...this.#followed, poll];
		this.#each((sync) => sync.follow([poll]));
		this.#tabs.follow([poll]);
	}

	offer(rows: readonly OutboxRow[]): void {
		this.#each((sync) => sync.offer(rows));
	}

	/** To be called when something has come: each relay may lack what another one brought. */
	compareAgain(): void {
		if (this.syncs.courtyard) this.#each((sync) => sync.compareAgain());
	}

	reconnectNow(): void {
		this.#each((sync) => sync.reconnectNow());
		this.#tabs.reconnect();
	}

	/** From now on this device also speaks to the courtyard relay with this card, whenever it is near. */
	async reachCourtyard(card: RelayCard): Promise<RelayHere> {
		await this.#store.rememberCourtyard(card);
		this.#tabs.courtyard(card);
		return this.#openCourtyard(card);
	}

	close(): void {
		this.#tabs.close();
	}

	/** Only who was shown one loads what it takes. */
	async #openCourtyard(card: RelayCard): Promise<RelayHere> {
		const { courtyardRelay } = await import('./sync/courtyard.ts');
		this.syncs.courtyard?.close();
		this.courtyardStatus = undefined;
		this.courtyard = courtyardRelay(this.#copy, card);
		if (this.syncs.home) this.#speakTo('courtyard', this.courtyard);
		return this.courtyard;
	}

	#speakTo(at: RelayPlace, { dial, standing, founding, shown }: RelayHere): void {
		const { grid, key, privateKey } = this.#corner;
		const credentials = {
			...{ grid, key, founding },
			sign: (message: Uint8Array) => sign(privateKey, message),
			introduction: () => Promise.resolve(introductionOf(this.#copy.ledger, key, ...shown)),
		};
		const sides = { copy: this.#copy, store: this.#store, relay: standing };
		const sync = new TrunkSync(dial, credentials, sides, {
			status: (status) => this.#tell(at, status),
			inStep: (scopes) => this.#noteInStep(at, scopes),
			fetching: (fetching) => (this.fetching = fetching),
		});
		sync.isOver = (poll) => this.#notes.isOver(poll);
		sync.follow(this.#followed);
		this.syncs[at] = sync;
	}

	#tell(at: RelayPlace, status: TrunkStatus): void {
		this.#noteStatus(at, status);
		this.#tabs.status(at, status);
		if (status === 'open') this.#notes.connected();
	}

	#noteStatus(at: RelayPlace, status: TrunkStatus): void {
		if (at === 'home') this.homeStatus = status;
		else this.courtyardStatus = status;
		if (status === 'open') this.everConnected = true;
	}

	/** What the relay at home holds counts, while it is reached. */
	#noteInStep(at: RelayPlace, scopes: ReadonlySet<PollId | null>): void {
		if (at !== 'home' && this.homeStatus === 'open') return;
		this.inStep = scopes;
		this.#tabs.inStep(scopes);
	}

	#each(act: (sync: TrunkSync) => void): void {
		Object.values(this.syncs).forEach(act);
	}
}
