import type { BlobHash, DeviceKey, PollId, RecordId } from '#core/kernel/ids.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import { PASSING_VERDICTS, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import { answer, hello, recordMessages } from '#core/wire/reconcile.ts';
import type { OutboxRow } from '#lib/adapters/dexie/database.ts';
import type { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { TrunkConnection, type Credentials, type TrunkStatus } from '#lib/adapters/trunk-connection.ts';
import { BlobTransfer } from './blob-transfer.ts';
import type { CornerCopy } from '../corner-copy.ts';
import { FetchCount, type Fetching } from './fetching.ts';
import { ScopesInStep } from './scopes-in-step.ts';

const RETRY_LATER_MS = 5000;
/** Messages of records that are judged together: many signatures at a time, and one transaction. */
const AT_ONCE = 6;

/** Whom it tells what happens. */
export interface TrunkNotes {
	status(status: TrunkStatus): void;
	/** The scopes that this device and the relay hold alike. */
	inStep(scopes: ReadonlySet<PollId | null>): void;
	/** While many records are on their way here. */
	fetching(fetching: Fetching | undefined): void;
}

/**
 * Keeps this device's copy in step with the relay: reconciles on every login, offers what is unsent until it is
 * acknowledged, and fetches the blobs that held records name. Runs in the one tab that leads.
 */
export class TrunkSync {
	readonly #key: DeviceKey;
	readonly #copy: CornerCopy;
	readonly #store: LedgerStore;
	readonly #connection: TrunkConnection;
	readonly #blobs: BlobTransfer;
	readonly #status: (status: TrunkStatus) => void;
	readonly #inStep: ScopesInStep;
	readonly #fetch: FetchCount;
	readonly #scopes = new Set<PollId>();
	readonly #offered = new Set<string>();
	readonly #reoffer: ReturnType<typeof setInterval>;
	/** What the relay says of drafts that are not on screen. */
	onDraft: (message: DraftMessage) => void = () => {};
	/** Whether a vote's certified closing stands, so that its ballots need nobody to keep them. */
	isOver: (poll: PollId) => boolean = () => false;
	readonly #arrived: Extract<LedgerMessage, { readonly t: 'records' }>[] = [];
	#open = false;
	#isFull = false;
	#queue: Promise<void> = Promise.resolve();

	constructor(
		url: string,
		credentials: Credentials,
		copy: CornerCopy,
		store: LedgerStore,
		{ status, inStep, fetching }: TrunkNotes,
	) {
		this.#key = credentials.key;
		this.#copy = copy;
		this.#store = store;
		this.#status = status;
		this.#inStep = new ScopesInStep((scope) => this.#connection.send(hello(this.#copy.ledger, scope)), inStep);
		this.#fetch = new FetchCount(fetching);
		this.#connection = new TrunkConnection(url, credentials, {
			status: (now) => this.#noteStatus(now),
			message: (message) => this.#enqueue(message),
			draft: (message) => this.onDraft(message),
		});
		this.#blobs = new BlobTransfer(copy, this.#connection);
		this.#reoffer = setInterval(() => void this.#offerAgain(), RETRY_LATER_MS);
	}

	/** From now on this device also holds the ballots of these polls. */
	follow(scopes: Iterable<PollId>): void {
		for (const scope of scopes) {
			if (this.#scopes.has(scope)) continue;
			this.#scopes.add(scope);
			this.#greet(scope);
		}
	}

	sendAboutDraft(message: DraftMessage): void {
		this.#connection.sendAboutDraft(message);
	}

	/** Offers what is in the outbox, held in memory already, and was not offered on this connection. */
	offer(rows: readonly OutboxRow[]): void {
		if (!this.#open) return;
		const fresh = rows.filter(({ id, refusal }) => refusal === undefined && !this.#offered.has(id));
		this.#offerRecords(
			fresh.flatMap(({ id, kind }) => (kind === 'record' ? (this.#copy.ledger.held(id as RecordId) ?? []) : [])),
		);
		this.#blobs.offer(rows);
	}

	/** Structure before any poll's scope, which rests on it. */
	#offerRecords(records: readonly HeldRecord[]): void {
		for (const { id } of records) this.#offered.add(id);
		const scopes = [...new Set(records.map(({ scope }) => scope))];
		for (const scope of scopes.sort((a, b) => Number(a !== null) - Number(b !== null)))
			for (const message of recordMessages(
				scope,
				records.filter((record) => record.scope === scope),
			))
				this.#connection.send(message);
	}

	reconnectNow(): void {
		this.#connection.reconnectNow();
	}

	close(): void {
		clearInterval(this.#reoffer);
		this.#inStep.forget();
		this.#connection.close();
	}

	#noteStatus(status: TrunkStatus): void {
		this.#open = status === 'open';
		this.#isFull = false;
		this.#status(status);
		if (this.#open) return void this.#start();
		this.#inStep.forget();
		this.#fetch.forget();
	}

	async #start(): Promise<void> {
		this.#offered.clear();
		this.#blobs.startAgain();
		this.offer(await this.#store.outbox());
		this.#connection.send(hello(this.#copy.ledger, null));
		this.#offerRecords(this.#ownElsewhere());
		for (const scope of this.#scopes) this.#greet(scope);
		this.#fetchBlobs();
	}

	/**
	 * LEDGER 5: what this device cast in votes that it does not follow, and the receipts for it, until the vote is over: a
	 * relay that was restored from a backup gets them back, one that has them sends the receipt.
	 */
	#ownElsewhere(): readonly HeldRecord[] {
		const { ledger } = this.#copy;
		const elsewhere = ({ scope }: HeldRecord) =>
			scope !== null && !this.#scopes.has(scope) && ledger.has(scope) && !this.isOver(scope);
		const own = ledger.ofType('ballot').filter((ballot) => ballot.by === this.#key && elsewhere(ballot));
		const receipts = ledger
			.ofType('receipt')
			.filter((receipt) => elsewhere(receipt) && own.some(({ id }) => receipt.body.ids.includes(id)));
		return [...receipts, ...own];
	}

	#greet(scope: PollId): void {
		this.#connection.send({ t: 'subscribe', scope });
		this.#connection.send(hello(this.#copy.ledger, scope));
		this.#fetchBlobs();
	}

	/** One message after the other: admission asks the ledger and then changes it. */
	#enqueue(message: LedgerMessage): void {
		if (message.t === 'records') this.#arrived.push(message);
		this.#queue = this.#queue.then(() => this.#receive(message)).catch((bug: unknown) => console.error(bug));
	}

	async #receive(message: LedgerMessage): Promise<void> {
		switch (message.t) {
			case 'records':
				return this.#takeArrived();
			case 'same':
				return this.#inStep.agreed(message.scope);
			case 'ack':
				return this.#acknowledge(message.verdicts);
			case 'blob-ack':
				return this.#acknowledge([[message.hash, message.verdict]]);
			case 'want-blobs':
				return message.hashes.forEach((hash) => this.#blobs.send(hash));
			case 'want-rest':
				return this.#blobs.send(message.hash, message.offset);
			case 'chunk':
				return this.#blobs.receive(message);
			default:
				return answer(this.#copy.ledger, message).forEach((reply) => this.#connection.send(reply));
		}
	}

	/** What came while the last records were judged is judged, and stored, together. */
	async #takeArrived(): Promise<void> {
		const together = this.#arrived.splice(0, AT_ONCE);
		if (together.length === 0) return;
		await this.#copy.receive(together.flatMap(({ wires }) => wires));
		for (const { scope, wires, rest } of together) {
			this.#fetch.came(scope, wires.length, rest ?? 0);
			this.#moved(scope);
		}
		this.#fetchBlobs();
	}

	async #acknowledge(verdicts: readonly (readonly [string, string])[]): Promise<void> {
		const held = verdicts.filter(([, verdict]) => verdict === '').map(([id]) => id);
		await this.#store.acknowledge(held);
		for (const id of held) this.#moved(this.#copy.ledger.held(id as RecordId)?.scope ?? null);
		for (const [id, verdict] of verdicts) {
			if (PASSING_VERDICTS.includes(verdict)) this.#putOff(id);
			else if (verdict !== '') await this.#store.markRefused(id, verdict);
		}
		this.#noteFull(verdicts.some(([, verdict]) => verdict === 'full'));
	}

	/** To ask whether a scope is alike is to follow it: who only cast a ballot there must not be sent all the others. */
	#moved(scope: PollId | null): void {
		if (scope === null || this.#scopes.has(scope)) this.#inStep.moved(scope);
	}

	#putOff(id: string): void {
		this.#offered.delete(id);
		this.#blobs.putOff(id as BlobHash);
	}

	/** RELAY-42: the relay is reached and takes nothing; said until it takes something again. */
	#noteFull(isFull: boolean): void {
		if (isFull === this.#isFull || !this.#open) return;
		this.#isFull = isFull;
		this.#status(isFull ? 'full' : 'open');
	}

	async #offerAgain(): Promise<void> {
		this.offer(await this.#store.outbox());
	}

	#fetchBlobs(): void {
		this.#blobs.fetchMissing([null, ...this.#scopes]);
	}
}
