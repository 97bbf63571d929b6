import type { DeviceKey, PollId, RecordId } from '#core/kernel/ids.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import { PASSING_VERDICTS, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import type { Dial } from '#core/wire/line.ts';
import type { Challenge } from '#core/wire/login-messages.ts';
import { answer, hello } from '#core/wire/reconcile.ts';
import type { OutboxRow } from '#lib/adapters/dexie/database.ts';
import type { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { TrunkConnection } from '#lib/adapters/trunk-connection.ts';
import type { Credentials } from '#lib/adapters/trunk-connection/credentials.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';
import { BlobTransfer } from './blob-transfer.ts';
import type { CornerCopy } from '../corner-copy.ts';
import { Arrivals } from './arrivals.ts';
import { FetchCount, type Fetching } from './fetching.ts';
import { outboxOffers, type OutboxOffers } from './outbox-offers.ts';
import { ownElsewhere } from './own-elsewhere.ts';
import type { RelayStanding } from './relay-standing.ts';
import { ScopesInStep } from './scopes-in-step.ts';

const RETRY_LATER_MS = 5000;

/** What it keeps in step. */
export interface DeviceSide {
	readonly copy: CornerCopy;
	readonly store: LedgerStore;
	readonly relay: RelayStanding;
}

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
	readonly #relay: RelayStanding;
	readonly #connection: TrunkConnection;
	readonly #blobs: BlobTransfer;
	readonly #offers: OutboxOffers;
	readonly #note: (status: TrunkStatus) => void;
	readonly #inStep: ScopesInStep;
	readonly #fetch: FetchCount;
	readonly #scopes = new Set<PollId>();
	readonly #reoffer: ReturnType<typeof setInterval>;
	/** What the relay says of drafts that are not on screen. */
	onDraft: (message: DraftMessage) => void = () => {};
	/** Whether a vote's certified closing stands, so that its ballots need nobody to keep them. */
	isOver: (poll: PollId) => boolean = () => false;
	readonly #arrivals: Arrivals;
	/** Undefined until it is known whether the relay may be spoken to. */
	#status: TrunkStatus | undefined;
	#isFull = false;
	#queue: Promise<void> = Promise.resolve();

	constructor(
		dial: Dial,
		credentials: Omit<Credentials, 'accepts'>,
		{ copy, store, relay }: DeviceSide,
		{ status, inStep, fetching }: TrunkNotes,
	) {
		this.#key = credentials.key;
		this.#copy = copy;
		this.#store = store;
		this.#relay = relay;
		this.#note = status;
		this.#inStep = new ScopesInStep((scope) => this.#connection.send(hello(this.#copy.ledger, scope)), inStep);
		this.#fetch = new FetchCount(fetching);
		const accepts = (challenge: Challenge) => this.#accepts(challenge);
		this.#connection = new TrunkConnection(
			dial,
			{ ...credentials, accepts },
			{
				status: (now) => this.#noteStatus(now),
				message: (message) => this.#enqueue(message),
				draft: (message) => this.onDraft(message),
			},
		);
		this.#arrivals = new Arrivals(copy);
		this.#blobs = new BlobTransfer(copy, this.#connection);
		this.#offers = outboxOffers(copy, this.#blobs, (message) => this.#connection.send(message));
		this.#reoffer = setInterval(() => void this.#offerAgain(), RETRY_LATER_MS);
		void this.#obey();
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
		if (!this.#relay.isLetGo()) this.#connection.sendAboutDraft(message);
	}

	/** To be called whenever the outbox or the ledger has changed: offers what was not offered on this connection. */
	offer(rows: readonly OutboxRow[]): void {
		void this.#obey();
		if (this.#status !== 'open') return;
		this.#offers.offer(this.#relay.tellable(rows));
		// DEV-12: a page may have asked for what was set aside.
		this.#fetchBlobs();
	}

	/** To be called when records came from another relay, which this one may lack. */
	compareAgain(): void {
		this.#inStep.doubt();
	}

	/** Because the person asked for it: also after a refusal that is final. */
	reconnectNow(): void {
		this.#connection.connect();
	}

	close(): void {
		clearInterval(this.#reoffer);
		this.#inStep.forget();
		this.#connection.close();
	}

	/** GONE-2: ends when there is nothing to say to this relay any more, and begins when there is again. */
	async #obey(): Promise<void> {
		const maySpeak = await this.#maySpeak();
		const isResting = this.#status === undefined || this.#status === 'relay-ended';
		if (maySpeak) {
			if (isResting) this.#connection.connect();
			// One that is being dialed, because the person asked, first shows who it is.
		} else if (this.#status !== 'relay-ended' && this.#status !== 'connecting') this.#connection.rest('relay-ended');
	}

	/** GONE-4: what the relay shows of itself counts: it may have been let go since, or taken on again. */
	async #accepts({ relay, wires }: Challenge): Promise<boolean> {
		await this.#relay.met(relay).catch(console.error);
		await this.#copy.receive(wires).catch(console.error);
		return this.#maySpeak();
	}

	async #maySpeak(): Promise<boolean> {
		return !this.#relay.isLetGo() || this.#relay.tellable(await this.#store.outbox()).length > 0;
	}

	#noteStatus(status: TrunkStatus): void {
		this.#status = status;
		this.#isFull = false;
		this.#note(status);
		if (this.#status === 'open') return void this.#start();
		this.#inStep.forget();
		this.#fetch.forget();
	}

	async #start(): Promise<void> {
		this.#offers.startAgain();
		this.offer(await this.#store.outbox());
		if (this.#relay.isLetGo()) return;
		this.#connection.send(hello(this.#copy.ledger, null));
		this.#offerOwnElsewhere();
		for (const scope of this.#scopes) this.#greet(scope);
		this.#fetchBlobs();
	}

	#offerOwnElsewhere(): void {
		const isKept = (poll: PollId) => this.#scopes.has(poll) || this.isOver(poll);
		this.#offers.offerHeld(ownElsewhere(this.#copy.ledger, this.#key, isKept));
	}

	#greet(scope: PollId): void {
		this.#connection.send({ t: 'subscribe', scope });
		this.#connection.send(hello(this.#copy.ledger, scope));
		this.#fetchBlobs();
	}

	/** One message after the other: admission asks the ledger and then changes it. */
	#enqueue(message: LedgerMessage): void {
		if (message.t === 'records') this.#arrivals.add(message);
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
		const arrival = this.#arrivals.take();
		if (!arrival) return;
		await this.#copy.admit(await arrival.records);
		for (const { scope, wires, rest = 0 } of arrival.messages) {
			this.#fetch.came(scope, wires.length, rest);
			if (rest === 0) this.#moved(scope);
		}
		this.#fetchBlobs();
		await this.#obey();
	}

	async #acknowledge(verdicts: readonly (readonly [string, string])[]): Promise<void> {
		const held = verdicts.filter(([, verdict]) => verdict === '').map(([id]) => id);
		await this.#store.acknowledge(held);
		for (const id of held) this.#moved(this.#copy.ledger.held(id as RecordId)?.scope ?? null);
		for (const [id, verdict] of verdicts) {
			if (PASSING_VERDICTS.includes(verdict)) this.#offers.putOff(id);
			else if (verdict !== '') await this.#store.markRefused(id, verdict);
		}
		this.#noteFull(verdicts.some(([, verdict]) => verdict === 'full'));
		await this.#obey();
	}

	/** To ask whether a scope is alike is to follow it: who only cast a ballot there must not be sent all the others. */
	#moved(scope: PollId | null): void {
		if (scope === null || this.#scopes.has(scope)) this.#inStep.moved(scope);
	}

	/** RELAY-42: the relay is reached and takes nothing; said until it takes something again. */
	#noteFull(isFull: boolean): void {
		if (isFull === this.#isFull || this.#status !== 'open') return;
		this.#isFull = isFull;
		this.#note(isFull ? 'full' : 'open');
	}

	async #offerAgain(): Promise<void> {
		this.offer(await this.#store.outbox());
	}

	#fetchBlobs(): void {
		this.#blobs.fetchMissing([null, ...this.#scopes]);
	}
}
