import type { PollId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import type { Author } from '#core/ledger/composer.ts';
import type { RecordRefusal } from '#core/ledger/record.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import type { CornerRow, OutboxRow } from '#lib/adapters/dexie/database.ts';
import { leadWhenFirst } from '#lib/adapters/leadership.ts';
import type { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { sign } from '#lib/adapters/signer.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection.ts';
import { CornerCopy } from './corner-copy.ts';
import { CornerView } from './corner-view.svelte.ts';
import { DraftWatch } from './draft-watch.svelte.ts';
import { saveState, type SaveState } from './save-state.ts';
import { TabChannel } from './tab-channel.ts';
import { TrunkSync } from './trunk-sync.ts';
import { isStorageFailure, writeAct, type Compose } from './writing.ts';

export type WriteRefusal = 'cannot-store' | 'not-admitted-yet' | RecordRefusal;

/**
 * One corner on this device: what it says (CornerView), how it stands with the relay, what is unsent, and the one way
 * to write. Components read its fields and call the functions of `session/acts`; nothing here decides anything.
 */
export class Workspace extends CornerView {
	trunk: TrunkStatus = $state('connecting');
	online = $state(navigator.onLine);
	outbox: readonly OutboxRow[] = $state.raw([]);
	storageFailed = $state(false);
	readonly drafts: DraftWatch;

	/** The relay's `/sync` address. */
	readonly relayUrl: string;
	#writing = $state(0);
	#everConnected = $state(false);
	readonly #store: LedgerStore;
	#followed: readonly PollId[] = [];
	readonly #tabs: TabChannel;
	#sync: TrunkSync | undefined;
	readonly #stops: (() => void)[] = [];

	private constructor(corner: CornerRow, store: LedgerStore, copy: CornerCopy, relayUrl: string) {
		super(corner, copy);
		this.relayUrl = relayUrl;
		this.#store = store;
		this.drafts = new DraftWatch(corner.grid);
		this.#tabs = new TabChannel(corner.grid, {
			status: (status) => this.#noteStatus(status),
			follow: (scopes) => this.#sync?.follow(scopes),
			reconnect: () => this.#sync?.reconnectNow(),
		});
		this.#followOwnPolls();
	}

	/** Opens the local copy; the connection to the relay follows by itself. Never waits for the network. */
	static async open(corner: CornerRow, store: LedgerStore, relayUrl: string): Promise<Workspace> {
		const copy = new CornerCopy(store);
		await copy.refresh();
		const workspace = new Workspace(corner, store, copy, relayUrl);
		workspace.#start();
		return workspace;
	}

	/** The state line (UX 2). */
	readonly saveState: SaveState = $derived.by(() =>
		saveState({
			trunk: this.trunk,
			online: this.online,
			storageFailed: this.storageFailed,
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

	/** Fetches a poll's ballots to this device, now and as they come. */
	follow(poll: PollId): void {
		if (this.#followed.includes(poll)) return;
		this.#followed = [...this.#followed, poll];
		this.#sync?.follow([poll]);
		this.#tabs.follow([poll]);
	}

	reconnectNow(): void {
		this.#sync?.reconnectNow();
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
			return written;
		} catch (failure) {
			if (!isStorageFailure(failure)) throw failure;
			this.storageFailed = true;
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
		const ledgerWatch = this.#store.watchLedger(() => void this.#refresh());
		const outboxWatch = this.#store.watchOutbox((rows) => {
			this.outbox = rows;
			this.#sync?.offer(rows);
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

	/** This tab speaks to the relay for all tabs of the device. */
	#lead(): () => void {
		const credentials = {
			grid: this.corner.grid,
			key: this.corner.key,
			sign: (message: Uint8Array) => sign(this.corner.privateKey, message),
			introduction: () => Promise.resolve(this.#introduction()),
			founding: this.corner.founding,
		};
		this.#sync = new TrunkSync(this.relayUrl, credentials, this.copy, this.#store, (status) => {
			this.#noteStatus(status);
			this.#tabs.status(status);
			if (status === 'open') void this.#connected();
		});
		this.#sync.follow(this.#followed);
		return () => this.#sync?.close();
	}

	async #connected(): Promise<void> {
		if (this.corner.founding) await this.#store.forgetFoundingCode();
		await this.sendUnsentDrafts();
	}

	/** LEDGER 5: the join, or the records that founded the corner, so that a relay learns who this is. */
	#introduction(): readonly Uint8Array[] {
		const own = [...this.ledger.all()].filter(({ by, scope }) => by === this.corner.key && scope === null);
		return own
			.sort((a, b) => a.seq - b.seq)
			.slice(0, 8)
			.map(({ wire }) => wire);
	}

	#noteStatus(status: TrunkStatus): void {
		this.trunk = status;
		if (status === 'open') this.#everConnected = true;
	}

	async #refresh(): Promise<void> {
		await this.copy.refresh();
		this.#refold();
		this.#sync?.offer(this.outbox);
	}

	#refold(): void {
		this.fold();
		this.#followOwnPolls();
	}

	/** Tellers and whoever opened a poll hold its ballots; a voter's phone only offers its own (LEDGER 5). */
	#followOwnPolls(): void {
		for (const poll of this.state.polls.values())
			if (this.me && (poll.tellers.includes(this.me) || poll.openedBy === this.me)) this.follow(poll.id);
	}
}
