import { BLOB_LIMITS } from '#core/kernel/cbor.ts';
import type { BlobHash, DeviceKey, PollId, RecordId } from '#core/kernel/ids.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import { answer, hello, recordMessages } from '#core/wire/reconcile.ts';
import type { CornerCopy } from '../corner-copy.ts';
import { BlobTransfer, type BlobChannel } from '../sync/blob-transfer.ts';

/** What one side keeps in step, as it is now. */
export interface FaceSide {
	readonly copy: CornerCopy;
	readonly key: DeviceKey;
	/** Whether this device may bring relays what comes (an observer may not), and the other side too. */
	readonly mayOffer: boolean;
	readonly mateMayOffer: boolean;
	/** Votes whose ballots this device keeps. */
	keeps(): readonly PollId[];
	/** Own records that no relay has yet. */
	unsent(): readonly RecordId[];
}

type Message<T extends LedgerMessage['t']> = Extract<LedgerMessage, { readonly t: T }>;

const SETTLE_MS = 200;

/**
 * FACE-6: two phones bring their ledgers in step, by the messages that bring a phone and a relay in step. Structure is
 * given whole. Of a vote, whoever keeps its ballots is given all that are here, and anybody else only the other's own
 * unsent ballot, to carry it.
 */
export class FaceLedger {
	/** What this side took in, and what the other side says it holds now and was given. */
	readonly received = new Set<string>();
	readonly given = new Set<string>();
	readonly #side: FaceSide;
	readonly #send: (message: LedgerMessage) => void;
	readonly #blobs: BlobTransfer;
	/** Votes that the other side keeps, and those of which it was told that they are kept here. */
	readonly #theirs = new Set<PollId>();
	readonly #told = new Set<PollId>();
	readonly #offered = new Set<string>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Called whenever there is something to tell. */
	onchange: () => void = () => {};

	constructor(side: FaceSide, channel: BlobChannel) {
		this.#side = side;
		this.#send = (message) => channel.send(message);
		const { copy } = side;
		const receiveBlob = (bytes: Uint8Array) => copy.receiveBlob(bytes, side.mayOffer);
		const record = (id: string) => copy.record(id);
		this.#blobs = new BlobTransfer(
			{ blob: copy.blob, record, receiveBlob, missingBlobs: (scope) => copy.missingBlobs(scope) },
			channel,
		);
	}

	/** At the beginning, and after every change here. */
	compare(): void {
		const { copy } = this.#side;
		this.#send(hello(copy.ledger, null));
		for (const scope of this.#side.keeps()) this.#keep(scope);
		for (const scope of this.#theirs) this.#bring(scope);
		this.#bringUnsent();
		this.#blobs.fetchMissing([null, ...this.#side.keeps()]);
	}

	async hear(message: LedgerMessage): Promise<void> {
		switch (message.t) {
			case 'records':
				return this.#take(message);
			case 'ack':
				return this.#noteGiven(message);
			case 'subscribe':
				return this.#theirsIs(message.scope);
			case 'same':
				return this.#bringUnsent();
			case 'want-blobs':
				return message.hashes.forEach((hash) => this.#blobs.send(hash));
			case 'want-rest':
				return this.#blobs.send(message.hash, message.offset);
			case 'chunk':
				return this.#takePiece(message);
			case 'hello':
			case 'buckets':
			case 'ids':
				// To reconcile a vote's ballots is to be given all of them.
				if (message.scope !== null && !this.#side.keeps().includes(message.scope)) return;
				return this.#reply(message);
			default:
				return this.#reply(message);
		}
	}

	close(): void {
		clearTimeout(this.#timer);
	}

	#reply(message: LedgerMessage): void {
		for (const reply of answer(this.#side.copy.ledger, message)) this.#send(reply);
	}

	#keep(scope: PollId): void {
		if (!this.#told.has(scope)) this.#send({ t: 'subscribe', scope });
		this.#told.add(scope);
		if (this.#theirs.has(scope)) this.#send(hello(this.#side.copy.ledger, scope));
	}

	#theirsIs(scope: PollId): void {
		this.#theirs.add(scope);
		this.#bring(scope);
		if (this.#side.keeps().includes(scope)) this.#send(hello(this.#side.copy.ledger, scope));
	}

	/** What is held here of a vote that the other side keeps; where both do, they compare instead. */
	#bring(scope: PollId): void {
		const { copy } = this.#side;
		if (this.#side.keeps().includes(scope)) return;
		this.#offer(copy.ledger.idsOf(scope).flatMap((id) => copy.ledger.held(id) ?? []));
	}

	#bringUnsent(): void {
		const { copy, key, unsent } = this.#side;
		const own = unsent().flatMap((id) => copy.ledger.held(id) ?? []);
		this.#offer(own.filter(({ scope, by }) => scope !== null && by === key));
	}

	#offer(records: readonly HeldRecord[]): void {
		const fresh = records.filter(({ id }) => !this.#offered.has(id) && !this.received.has(id));
		for (const { id } of fresh) this.#offered.add(id);
		for (const scope of new Set(fresh.map((record) => record.scope))) {
			recordMessages(
				scope,
				fresh.filter((record) => record.scope === scope),
			).forEach(this.#send);
		}
	}

	async #take({ wires }: Message<'records'>): Promise<void> {
		const { copy, mayOffer, mateMayOffer } = this.#side;
		if (!mateMayOffer) return;
		const { admitted, refused } = await copy.receive(wires, mayOffer);
		for (const { id } of admitted) this.received.add(id);
		const verdicts = [
			...admitted.map(({ id }) => [id, ''] as const),
			...refused.map(({ id, code }) => [id, code] as const),
		];
		for (let start = 0; start < verdicts.length; start += 128) {
			this.#send({ t: 'ack', verdicts: verdicts.slice(start, start + 128) });
		}
		this.#blobs.fetchMissing([null, ...this.#side.keeps()]);
		if (admitted.length > 0) this.#settle();
		this.onchange();
	}

	#noteGiven({ verdicts }: Message<'ack'>): void {
		for (const [id, verdict] of verdicts) if (verdict === '') this.given.add(id);
		this.onchange();
	}

	#takePiece(message: Message<'chunk'>): void {
		const isNamed = this.#side.copy.ledger.blobKind(message.hash as BlobHash) !== undefined;
		if (isNamed && message.size <= BLOB_LIMITS.bytes) this.#blobs.receive(message);
	}

	/** Once no more comes: what came may make a difference to what is wanted. */
	#settle(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.compare(), SETTLE_MS);
	}
}
