import type { PollId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import type { Author } from '#core/ledger/composer.ts';
import type { RecordRefusal } from '#core/ledger/record.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import { introductionOf } from '#core/wire/introduction.ts';
import type { CornerRow, OutboxRow } from '#lib/adapters/dexie/database.ts';
import { leadWhenFirst } from '#lib/adapters/leadership.ts';
import type { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { isWrappedSeed, sign } from '#lib/adapters/signer.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';
import { webSocketLine } from '#lib/adapters/web-socket-line.ts';
import { CornerCopy } from './corner-copy.ts';
import { CornerView } from './corner-view.svelte.ts';
import { DeviceStorage } from './device/device-storage.svelte.ts';
import { DraftWatch } from './drafts/draft-watch.svelte.ts';
import { askToPersistOnce } from './device/persistence.ts';
import type { CourtyardRelay } from './sync/courtyard.ts';
import type { Fetching } from './sync/fetching.ts';
import { paced } from './paced.ts';
import { saveState, type SaveState } from './save-state.ts';
import type { RelayHere, RelayPlace } from './sync/relay-place.ts';
import { relayStanding } from './sync/relay-standing.ts';
import { NO_SCOPES } from './sync/scopes-in-step.ts';
import { TabChannel } from './sync/tab-channel.ts';
import { TrunkSync } from './sync/trunk-sync.ts';
import { writeAct, type Compose } from './writing.ts';

export type WriteRefusal = 'cannot-store' | 'not-admitted-yet' | RecordRefusal;

/**
 * One corner on this device: what it says (CornerView), how it stands with the relay, what is unsent, and the one way
 * to write. Components read its fields and call the functions of `session/acts`; nothing here decides anything.
 */
export class Workspace extends CornerView {
	/** The relay at the app's own address, and how the connection to it stands. */
	readonly home: RelayHere;
	homeStatus: TrunkStatus = $state('connecting');
	/** The relay of the courtyard, where this device was shown one. */
	courtyard: CourtyardRelay | undefined = $state.raw();
	courtyardStatus: TrunkStatus | undefined = $state();
	online = $state(navigator.onLine);
	/** While many records are on their way here; undefined otherwise. */
	fetching: Fetching | undefined = $state.raw();
	outbox: readonly OutboxRow[] = $state.raw([]);
	/** Scopes of which this device holds all that the relay holds, now. */
	inStep: ReadonlySet<PollId | null> = $state.raw(NO_SCOPES);
	readonly drafts: DraftWatch;
	readonly storage: DeviceStorage;

	#writing = $state(0);
	#everConnected = $state(false);
	readonly #store: LedgerStore;
	#followed: readonly PollId[] = [];
	readonly #tabs: TabChannel;
	/** One for each relay, in the tab that leads. */
	readonly #syncs: Partial<Record<RelayPlace, TrunkSync>> = {};
	readonly #stops: (() => void)[] = [];

	private constructor(corner: CornerRow, store: LedgerStore, copy: CornerCopy, relayUrl: string) {
		super(corner, copy);
		this.#store = store;
		const line = Promise.resolve(ok(webSocketLine(relayUrl)));
		this.home = {
			dial: () => line,
			standing: relayStanding(copy, store, corner.relay),
			founding: corner.founding,
			shown: [],
		};
		if (this.home.standing.isLetGo()) this.homeStatus = 'relay-ended';
		this.drafts = new DraftWatch(corner.grid);
		this.storage = new DeviceStorage(() => store.tryWriting());
		store.onFailure = (failure) => this.storage.note(failure);
		this.#tabs = new TabChannel(corner.grid, {
			status: (at, status) => this.#noteStatus(at, status),
			follow: (scopes) => this.#each((sync) => sync.follow(scopes)),
			inStep: (scopes) => (this.inStep = scopes),
			courtyard: (card) => void this.#openCourtyard(card),
			reconnect: () => this.#each((sync) => sync.reconnectNow()),
		});
		this.#followOwnPolls();
	}

	/** Opens the local copy; the connection to the relay follows by itself. Never waits for the network. */
	static async open(corner: CornerRow, store: LedgerStore, relayUrl: string): Promise<Workspace> {
		const copy = new CornerCopy(store);
		await copy.refresh();
		const workspace = new Workspace(corner, store, copy, relayUrl);
		workspace.#start();
		if (corner.courtyard) void workspace.#openCourtyard(corner.courtyard);
		return workspace;
	}

	/** How this device is connected with whoever is best reached. */
	readonly trunk: TrunkStatus = $derived(this.courtyardStatus === 'open' ? 'open' : this.homeStatus);

	/** The state line (UX 2). */
	readonly saveState: SaveState = $derived.by(() =>
		saveState({
			trunk: this.trunk,
			online: this.online,
			storageFailed: this.storage.failed,
			refused: this.refused.length,
			unsent: this.unsent.length + this.drafts.unsent.length,
			writing: this.#writing + this.drafts.writing,
			everConnected: this.#everConnected,
		}),
	);

	/** Records not yet acknowledged by any relay; blobs are counted with the records that name them. */
	readonly unsent: readonly OutboxRow[] = $derived.by(() => {
		const waiting = this.outbox.filter(({ refusal }) => refusal === undefined);
		const records = waiting.filter(({ kind }) => kind === 'record');
		return records.length > 0 ? records : waiting.slice(0, 1);
	});
	readonly refused: readonly OutboxRow[] = $derived(this.outbox.filter(({ refusal }) => refusal !== undefined));

	/** KEY-2: this browser cannot sign by itself. */
	get hasWrappedKey(): boolean {
		return isWrappedSeed(this.corner.privateKey);
	}

	/** Fetches a poll's ballots to this device, now and as they come. */
	follow(poll: PollId): void {
		if (this.#followed.includes(poll)) return;
		this.#followed = [...this.#followed, poll];
		this.#each((sync) => sync.follow([poll]));
		this.#tabs.follow([poll]);
	}

	/** REACH-1: from now on this device also speaks to the courtyard relay with this card, whenever it is near. */
	async reachCourtyard(card: RelayCard): Promise<RelayHere> {
		await this.#store.rememberCourtyard(card);
		this.#tabs.courtyard(card);
		return this.#openCourtyard(card);
	}

	reconnectNow(): void {
		this.#each((sync) => sync.reconnectNow());
		this.#tabs.reconnect();
	}

	/** Forgets a refused record after the person has seen why. */
	async dismissRefused(id: string): Promise<void> {
		await this.#store.acknowledge([id]);
	}

	/**
	 * The one way to write: composes, signs and stores the records of one act, all or none. Resolved means stored on
	 * this device and on its way; it waits for no network.
	 */
	async write<T>(compose: Compose<T>): Promise<Result<T, WriteRefusal>> {
		const author = this.#author();
		if (!author) return err('not-admitted-yet');
		this.#writing++;
		try {
			const written = await writeAct(this.corner, this.copy, author, compose);
			this.#refold();
			askToPersistOnce();
			return written;
		} catch (failure) {
			if (!this.storage.note(failure)) throw failure;
			return err('cannot-store');
		} finally {
			this.#writing--;
		}
	}

	/** Sends drafts that hold unsent edits and are not on screen, if there is a connection to send them over. */
	async sendUnsentDrafts(): Promise<void> {
		if (this.trunk === 'open') await this.drafts.sendUnsent(this);
	}

	close(): void {
		for (const stop of this.#stops) stop();
	}

	#author(): Author | undefined {
		const device = deviceOf(this.state.roster, this.corner.key);
		return device && { key: this.corner.key, grid: this.corner.grid, auth: device.add };
	}

	#start(): void {
		const ledgerWatch = this.#store.watchLedger(paced(() => this.#refresh()));
		const outboxWatch = this.#store.watchOutbox((rows) => {
			this.outbox = rows;
			this.#each((sync) => sync.offer(rows));
		});
		const stopLeading = leadWhenFirst(this.corner.grid, () => this.#lead());
		const noteNetwork = () => (this.online = navigator.onLine);
		addEventListener('online', noteNetwork);
		addEventListener('offline', noteNetwork);
		this.#stops.push(
			() => ledgerWatch.unsubscribe(),
			() => outboxWatch.unsubscribe(),
			stopLeading,
			() => this.#tabs.close(),
			() => this.drafts.close(),
			() => removeEventListener('online', noteNetwork),
			() => removeEventListener('offline', noteNetwork),
		);
	}

	/** Only who was shown one loads what it takes. */
	async #openCourtyard(card: RelayCard): Promise<RelayHere> {
		const { courtyardRelay } = await import('./sync/courtyard.ts');
		this.#syncs.courtyard?.close();
		this.courtyardStatus = undefined;
		this.courtyard = courtyardRelay(this.copy, card);
		if (this.#syncs.home) this.#speakTo('courtyard', this.courtyard);
		return this.courtyard;
	}

	/** This tab speaks to the relays for all tabs of the device. */
	#lead(): () => void {
		this.#speakTo('home', this.home);
		if (this.courtyard) this.#speakTo('courtyard', this.courtyard);
		return () => this.#each((sync) => sync.close());
	}

	#speakTo(at: RelayPlace, { dial, standing, founding, shown }: RelayHere): void {
		const credentials = {
			grid: this.corner.grid,
			key: this.corner.key,
			sign: (message: Uint8Array) => sign(this.corner.privateKey, message),
			introduction: () => Promise.resolve(introductionOf(this.ledger, this.corner.key, ...shown)),
			founding,
		};
		const status = (now: TrunkStatus) => {
			this.#noteStatus(at, now);
			this.#tabs.status(at, now);
			if (now === 'open') void this.#connected();
		};
		const inStep = (scopes: ReadonlySet<PollId | null>) => {
			if (at !== 'home' && this.homeStatus === 'open') return;
			this.inStep = scopes;
			this.#tabs.inStep(scopes);
		};
		const fetching = (now?: Fetching) => (this.fetching = now);
		const sides = { copy: this.copy, store: this.#store, relay: standing };
		const sync = new TrunkSync(dial, credentials, sides, { status, inStep, fetching });
		sync.isOver = (poll) => this.state.polls.get(poll)?.status === 'certified';
		sync.follow(this.#followed);
		this.#syncs[at] = sync;
	}

	async #connected(): Promise<void> {
		if (this.corner.founding && this.homeStatus === 'open') await this.#store.forgetFoundingCode();
		await this.sendUnsentDrafts();
		this.drafts.keepInStep(this, this.#syncs);
	}

	#each(act: (sync: TrunkSync) => void): void {
		Object.values(this.#syncs).forEach(act);
	}

	#noteStatus(at: RelayPlace, status: TrunkStatus): void {
		if (at === 'home') this.homeStatus = status;
		else this.courtyardStatus = status;
		if (status === 'open') this.#everConnected = true;
	}

	async #refresh(): Promise<void> {
		await this.copy.refresh();
		this.#refold();
		this.#each((sync) => sync.offer(this.outbox));
		if (this.#syncs.courtyard) this.#each((sync) => sync.compareAgain());
	}

	#refold(): void {
		this.fold();
		this.#followOwnPolls();
	}

	/** Tellers, witnesses and whoever opened a poll hold its ballots; a voter's phone only offers its own (LEDGER 5). */
	#followOwnPolls(): void {
		for (const { id, tellers, stations, openedBy } of this.state.polls.values())
			if (this.me && [...tellers, ...stations, openedBy].includes(this.me)) this.follow(id);
	}
}
