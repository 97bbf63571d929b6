import { err, type Result } from '#core/kernel/result.ts';
import type { Author } from '#core/ledger/composer.ts';
import type { RecordRefusal } from '#core/ledger/record.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import type { CornerRow, OutboxRow } from '#lib/adapters/dexie/database.ts';
import { leadWhenFirst } from '#lib/adapters/leadership.ts';
import type { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { isWrappedSeed } from '#lib/adapters/signer.ts';
import { CornerCopy } from './corner-copy.ts';
import { CornerView } from './corner-view.svelte.ts';
import { DeviceStorage } from './device/device-storage.svelte.ts';
import { DraftWatch } from './drafts/draft-watch.svelte.ts';
import { askToPersistOnce } from './device/persistence.ts';
import { keptPolls } from './kept-polls.ts';
import { paced } from './paced.ts';
import { Relays } from './relays.svelte.ts';
import { saveState, type SaveState } from './save-state.ts';
import { writeAct, type Compose } from './writing.ts';

export type WriteRefusal = 'cannot-store' | 'not-admitted-yet' | RecordRefusal;

/**
 * One corner on this device: what it says (CornerView), how it stands with the relays, what is unsent, and the one way
 * to write. Components read its fields and call the functions of `session/acts`; nothing here decides anything.
 */
export class Workspace extends CornerView {
	readonly relays: Relays;
	/** REACH-5: this device also holds what it has no part in, to carry it. */
	carries = $state(false);
	online = $state(navigator.onLine);
	outbox: readonly OutboxRow[] = $state.raw([]);
	readonly drafts: DraftWatch;
	readonly storage: DeviceStorage;

	#writing = $state(0);
	readonly #store: LedgerStore;
	readonly #stops: (() => void)[] = [];

	private constructor(corner: CornerRow, store: LedgerStore, copy: CornerCopy, homeUrl: string) {
		super(corner, copy);
		this.#store = store;
		this.carries = corner.carries ?? false;
		this.relays = new Relays(corner, copy, store, homeUrl, {
			connected: () => void this.#connected(),
			isOver: (poll) => this.state.polls.get(poll)?.status === 'certified',
		});
		this.drafts = new DraftWatch(corner.grid);
		this.storage = new DeviceStorage(() => store.tryWriting());
		store.onFailure = (failure) => this.storage.note(failure);
		this.#followKeptPolls();
	}

	/** Opens the local copy; the connection to the relay follows by itself. Never waits for the network. */
	static async open(corner: CornerRow, store: LedgerStore, homeUrl: string): Promise<Workspace> {
		const copy = new CornerCopy(store);
		await copy.refresh();
		const workspace = new Workspace(corner, store, copy, homeUrl);
		workspace.#start();
		return workspace;
	}

	/** The state line (UX 2). */
	readonly saveState: SaveState = $derived.by(() =>
		saveState({
			trunk: this.relays.best,
			online: this.online,
			storageFailed: this.storage.failed,
			refused: this.refused.length,
			unsent: this.unsentCount,
			writing: this.#writing + this.drafts.writing,
			everConnected: this.relays.everConnected,
		}),
	);

	/** Records not yet acknowledged by any relay; blobs are counted with the records that name them. */
	readonly unsent: readonly OutboxRow[] = $derived.by(() => {
		const waiting = this.outbox.filter(({ refusal }) => refusal === undefined);
		const records = waiting.filter(({ kind }) => kind === 'record');
		return records.length > 0 ? records : waiting.slice(0, 1);
	});
	/** Those, and drafts with edits that no relay has committed. */
	readonly unsentCount: number = $derived.by(() => this.unsent.length + this.drafts.unsent.length);
	readonly refused: readonly OutboxRow[] = $derived(this.outbox.filter(({ refusal }) => refusal !== undefined));

	/** KEY-2: this browser cannot sign by itself. */
	get hasWrappedKey(): boolean {
		return isWrappedSeed(this.corner.privateKey);
	}

	/** What was fetched stays when it ends. */
	async carry(carries: boolean): Promise<void> {
		this.carries = carries;
		this.#followKeptPolls();
		await this.#store.rememberCarrying(carries);
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
			// The watch tells a moment later, and "saved" would be said in between (NET-1).
			this.outbox = await this.#store.outbox();
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
		if (this.relays.best === 'open') await this.drafts.sendUnsent(this);
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
			this.relays.offer(rows);
		});
		const stopLeading = leadWhenFirst(this.corner.grid, () => this.relays.lead());
		const noteNetwork = () => (this.online = navigator.onLine);
		addEventListener('online', noteNetwork);
		addEventListener('offline', noteNetwork);
		this.#stops.push(
			() => ledgerWatch.unsubscribe(),
			() => outboxWatch.unsubscribe(),
			stopLeading,
			() => this.relays.close(),
			() => this.drafts.close(),
			() => removeEventListener('online', noteNetwork),
			() => removeEventListener('offline', noteNetwork),
		);
	}

	async #connected(): Promise<void> {
		if (this.corner.founding && this.relays.homeStatus === 'open') await this.#store.forgetFoundingCode();
		await this.sendUnsentDrafts();
		this.drafts.keepInStep(this, this.relays.syncs);
	}

	async #refresh(): Promise<void> {
		await this.copy.refresh();
		this.#refold();
		this.relays.offer(this.outbox);
		this.relays.compareAgain();
	}

	#refold(): void {
		this.fold();
		this.#followKeptPolls();
	}

	#followKeptPolls(): void {
		for (const poll of keptPolls(this)) this.relays.follow(poll);
	}
}
