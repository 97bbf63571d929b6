import { SvelteSet } from 'svelte/reactivity';
import type { BlobHash, MemberId, PollId, TopicId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { decodeMemberBlob, decodeTextBlob } from '#core/ledger/blobs.ts';
import { Composer, type Author } from '#core/ledger/composer.ts';
import { foldLedger, type CornerState } from '#core/ledger/fold.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import { parseRecord, sealRecord, signatureInput } from '#core/ledger/record.ts';
import { stateHash } from '#core/ledger/state-hash.ts';
import { auditClosing, scopeHash, type Audit } from '#core/polls/audit.ts';
import { firstStep } from '#core/procedures/engine.ts';
import { procedureOf } from '#core/procedures/of-topic.ts';
import type { Procedure } from '#core/procedures/definition.ts';
import { readText, type RichText } from '#core/proposals/text.ts';
import { cardField, type Card } from '#core/roster/records.ts';
import { deviceOf, roleOfKey, rolesOf } from '#core/roster/selectors.ts';
import type { Role } from '#core/roster/roles.ts';
import { now } from '#lib/adapters/clock.ts';
import type { CornerRow, OutboxRow } from '#lib/adapters/dexie/database.ts';
import { leadWhenFirst, withSigningLock } from '#lib/adapters/leadership.ts';
import type { LedgerStore, NewRecord } from '#lib/adapters/dexie/ledger-store.ts';
import { sign } from '#lib/adapters/signer.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection.ts';
import { CornerCopy } from './corner-copy.ts';
import { DraftWatch } from './draft-watch.svelte.ts';
import { saveState, type SaveState } from './save-state.ts';
import { TabChannel } from './tab-channel.ts';
import { TrunkSync } from './trunk-sync.ts';

export type WriteRefusal = 'cannot-store' | 'not-admitted-yet';

/**
 * One corner as this tab sees it: the folded state, who I am in it, what is unsent, and the one way to write.
 * Components read its fields and call the functions of `session/acts`; nothing here decides anything.
 */
export class Workspace {
	/** The folded structure. Replaced as a whole after every change. */
	state: CornerState = $state.raw() as CornerState;
	trunk: TrunkStatus = $state('connecting');
	online = $state(navigator.onLine);
	outbox: readonly OutboxRow[] = $state.raw([]);
	storageFailed = $state(false);
	/** Counts up with every change, for what reads the ledger itself (`audit`, `scopeSize`). */
	revision = $state(0);
	readonly drafts: DraftWatch;

	readonly corner: CornerRow;
	/** The relay's `/sync` address. */
	readonly relayUrl: string;
	#writing = $state(0);
	#everConnected = $state(false);
	readonly #copy: CornerCopy;
	readonly #store: LedgerStore;
	readonly #followed = new SvelteSet<PollId>();
	readonly #tabs: TabChannel;
	#sync: TrunkSync | undefined;
	readonly #stops: (() => void)[] = [];

	private constructor(corner: CornerRow, store: LedgerStore, copy: CornerCopy, relayUrl: string) {
		this.corner = corner;
		this.relayUrl = relayUrl;
		this.#store = store;
		this.#copy = copy;
		this.drafts = new DraftWatch(corner.grid);
		this.#tabs = new TabChannel(corner.grid, {
			status: (status) => this.#noteStatus(status),
			follow: (scopes) => this.#sync?.follow(scopes),
			reconnect: () => this.#sync?.reconnectNow(),
		});
		this.#fold();
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

	/** My member id; undefined while I wait to be admitted (等待登记). */
	readonly me: MemberId | undefined = $derived.by(() => deviceOf(this.state.roster, this.corner.key)?.member);
	readonly role: Role | undefined = $derived.by(() => roleOfKey(this.state.roster, this.corner.key));
	readonly roles: readonly Role[] = $derived(this.me ? rolesOf(this.state.roster, this.me) : []);
	readonly gridName: string = $derived.by(() => this.state.roster.grid?.name ?? this.corner.name);
	/** "The same state" on two devices means the same hash. */
	readonly structureHash: string = $derived.by(() => stateHash(this.state));

	get ledger(): Ledger {
		return this.#copy.ledger;
	}

	readonly blob = (hash: BlobHash): Uint8Array | undefined => this.#copy.blob(hash);

	/** The card of a member or newcomer; undefined while its blob is on the way. */
	card(hash: BlobHash | undefined): Card | undefined {
		void this.revision;
		return hash && decodeMemberBlob(cardField, this.blob(hash));
	}

	nameOf(member: MemberId | undefined): string {
		return this.card(member && this.state.roster.members.get(member)?.card)?.name ?? '…';
	}

	titleOf(topic: TopicId): string {
		void this.revision;
		const hash = this.state.topics.get(topic)?.title;
		return (hash && decodeTextBlob(this.blob(hash))) ?? '…';
	}

	textOf(hash: BlobHash | undefined): RichText | undefined {
		void this.revision;
		return hash && readText(this.blob(hash));
	}

	procedureOf(topic: TopicId): Procedure | undefined {
		void this.revision;
		return procedureOf(this.ledger, this.blob, topic);
	}

	/** Id of the step a topic is in. */
	stepOf(topic: TopicId): string | undefined {
		const procedure = this.procedureOf(topic);
		return this.state.topics.get(topic)?.stages.at(-1)?.stage ?? (procedure && firstStep(procedure));
	}

	/** The recount of a poll's last closing, from the ballots held here. Call `follow` first. */
	audit(poll: PollId): Audit | undefined {
		void this.revision;
		const held = this.state.polls.get(poll);
		const closing = held?.standing ?? held?.closings.at(-1);
		return held && closing && auditClosing(this.ledger, this.blob, held, closing);
	}

	/** The state hash of a poll's scope as held here. */
	scopeHash(poll: PollId): string | undefined {
		void this.revision;
		const held = this.state.polls.get(poll);
		return held && scopeHash(this.ledger, this.blob, held);
	}

	/** Fetches a poll's ballots to this device, now and as they come. */
	follow(poll: PollId): void {
		if (this.#followed.has(poll)) return;
		this.#followed.add(poll);
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
	async write<T>(compose: (composer: Composer) => T | Promise<T>): Promise<Result<T, WriteRefusal>> {
		const author = this.#author();
		if (!author) return err('not-admitted-yet');
		this.#writing++;
		try {
			return await withSigningLock(this.corner.grid, () => this.#writeLocked(author, compose));
		} catch (failure) {
			if (!isStorageFailure(failure)) throw failure;
			this.storageFailed = true;
			return err('cannot-store');
		} finally {
			this.#writing--;
		}
	}

	close(): void {
		for (const stop of this.#stops) stop();
	}

	async #writeLocked<T>(author: Author, compose: (composer: Composer) => T | Promise<T>): Promise<Result<T, WriteRefusal>> {
		await this.#copy.refresh();
		const composer = new Composer(this.ledger, author, now());
		const value = await compose(composer);
		const records = await Promise.all(composer.payloads.map((payload) => this.#seal(payload)));
		await this.#copy.addOwn(records, composer.blobs);
		this.#fold();
		return ok(value);
	}

	async #seal(payload: Uint8Array): Promise<NewRecord> {
		const wire = sealRecord(payload, await sign(this.corner.privateKey, signatureInput(payload)));
		const parsed = parseRecord(wire);
		if (!parsed.ok) throw new Error(`An act composed a record that is not well-formed: ${parsed.error}`);
		return { id: parsed.value.id, wire };
	}

	#author(): Author | undefined {
		const device = deviceOf(this.state.roster, this.corner.key);
		return device && { key: this.corner.key, grid: this.corner.grid, auth: device.add };
	}

	#start(): void {
		const ledgerWatch = this.#store.watchLedger(() => void this.#refresh());
		const outboxWatch = this.#store.watchOutbox((rows) => {
			this.outbox = rows;
			void this.#sync?.offer(rows);
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
		this.#sync = new TrunkSync(this.relayUrl, credentials, this.#copy, this.#store, (status) => {
			this.#noteStatus(status);
			this.#tabs.status(status);
			if (status === 'open') void this.drafts.sendUnsent(this);
		});
		this.#sync.follow(this.#followed);
		return () => this.#sync?.close();
	}

	/** LEDGER 5: the join, or the records that founded the corner, so that a relay learns who this is. */
	#introduction(): readonly Uint8Array[] {
		const own = [...this.ledger.all()].filter(({ by, scope }) => by === this.corner.key && scope === null);
		return own.sort((a, b) => a.seq - b.seq).slice(0, 8).map(({ wire }) => wire);
	}

	#noteStatus(status: TrunkStatus): void {
		this.trunk = status;
		if (status === 'open') this.#everConnected = true;
	}

	async #refresh(): Promise<void> {
		await this.#copy.refresh();
		this.#fold();
	}

	#fold(): void {
		this.state = foldLedger(this.ledger, this.blob);
		this.revision++;
		for (const poll of this.state.polls.values()) if (this.#counts(poll.id)) this.follow(poll.id);
	}

	/** Tellers and whoever opened a poll hold its ballots; a voter's phone only offers its own (LEDGER 5). */
	#counts(poll: PollId): boolean {
		const held = this.state.polls.get(poll);
		const me = deviceOf(this.state.roster, this.corner.key)?.member;
		return me !== undefined && held !== undefined && (held.tellers.includes(me) || held.openedBy === me);
	}
}

function isStorageFailure(failure: unknown): boolean {
	const names = ['QuotaExceededError', 'DatabaseClosedError', 'AbortError', 'OpenFailedError', 'InvalidStateError'];
	return failure instanceof Error && names.includes(failure.name);
}
