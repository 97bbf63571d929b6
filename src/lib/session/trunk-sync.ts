import type { BlobHash, PollId } from '#core/kernel/ids.ts';
import { concat } from '#core/kernel/ids.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { BATCH, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import { answer, hello, recordMessages } from '#core/wire/reconcile.ts';
import type { OutboxRow } from '#lib/adapters/dexie/database.ts';
import type { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { TrunkConnection, type Credentials, type TrunkStatus } from '#lib/adapters/trunk-connection.ts';
import type { CornerCopy } from './corner-copy.ts';

interface IncomingBlob {
	readonly pieces: Uint8Array[];
	received: number;
}

const RETRY_LATER_MS = 5000;

/**
 * Keeps this device's copy in step with the relay: reconciles on every login, offers what is unsent until it is
 * acknowledged, and fetches the blobs that held records name. Runs in the one tab that leads.
 */
export class TrunkSync {
	readonly #copy: CornerCopy;
	readonly #store: LedgerStore;
	readonly #connection: TrunkConnection;
	readonly #scopes = new Set<PollId>();
	readonly #incoming = new Map<BlobHash, IncomingBlob>();
	readonly #asked = new Set<BlobHash>();
	readonly #offered = new Set<string>();
	readonly #reoffer: ReturnType<typeof setInterval>;
	#open = false;
	#queue: Promise<void> = Promise.resolve();

	constructor(
		url: string,
		credentials: Credentials,
		copy: CornerCopy,
		store: LedgerStore,
		status: (status: TrunkStatus) => void,
	) {
		this.#copy = copy;
		this.#store = store;
		this.#connection = new TrunkConnection(url, credentials, {
			status: (now) => {
				this.#open = now === 'open';
				status(now);
				if (this.#open) void this.#start();
			},
			message: (message) => this.#enqueue(message),
		});
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

	/** Offers what is in the outbox, held in memory already, and was not offered on this connection. */
	offer(rows: readonly OutboxRow[]): void {
		if (!this.#open) return;
		const fresh = rows.filter(({ id, refusal }) => refusal === undefined && !this.#offered.has(id));
		this.#offerRecords(fresh.flatMap(({ id, kind }) => (kind === 'record' ? (this.#copy.record(id) ?? []) : [])));
		for (const { id, kind } of fresh) if (kind === 'blob') this.#offerBlob(id as BlobHash);
	}

	/** Structure before any poll's scope, which rests on it. */
	#offerRecords(records: readonly LedgerRecord[]): void {
		for (const { id } of records) this.#offered.add(id);
		const scopes = [...new Set(records.map(({ scope }) => scope))];
		for (const scope of scopes.sort((a, b) => Number(a !== null) - Number(b !== null)))
			for (const message of recordMessages(
				scope,
				records.filter((record) => record.scope === scope),
			))
				this.#send(message);
	}

	#offerBlob(hash: BlobHash): void {
		if (this.#copy.blob(hash)) this.#offered.add(hash);
		this.#sendBlob(hash);
	}

	reconnectNow(): void {
		this.#connection.reconnectNow();
	}

	close(): void {
		clearInterval(this.#reoffer);
		this.#connection.close();
	}

	async #start(): Promise<void> {
		this.#asked.clear();
		this.#offered.clear();
		this.#incoming.clear();
		this.offer(await this.#store.outbox());
		this.#send(hello(this.#copy.ledger, null));
		for (const scope of this.#scopes) this.#greet(scope);
		this.#wantBlobs();
	}

	#greet(scope: PollId): void {
		this.#send({ t: 'subscribe', scope });
		this.#send(hello(this.#copy.ledger, scope));
		this.#wantBlobs();
	}

	/** One message after the other: admission asks the ledger and then changes it. */
	#enqueue(message: LedgerMessage): void {
		this.#queue = this.#queue.then(() => this.#receive(message)).catch((bug: unknown) => console.error(bug));
	}

	async #receive(message: LedgerMessage): Promise<void> {
		switch (message.t) {
			case 'records':
				await this.#copy.receive(message.wires);
				return this.#wantBlobs();
			case 'ack':
				return this.#acknowledge(message.verdicts);
			case 'blob-ack':
				return this.#acknowledge([[message.hash, message.verdict]]);
			case 'want-blobs':
				return message.hashes.forEach((hash) => this.#sendBlob(hash));
			case 'chunk':
				return this.#receiveChunk(message);
			default:
				return answer(this.#copy.ledger, message).forEach((reply) => this.#send(reply));
		}
	}

	async #acknowledge(verdicts: readonly (readonly [string, string])[]): Promise<void> {
		const held = verdicts.filter(([, verdict]) => verdict === '').map(([id]) => id);
		await this.#store.acknowledge(held);
		for (const [id, verdict] of verdicts) {
			if (verdict === 'later') this.#offered.delete(id);
			else if (verdict !== '') await this.#store.markRefused(id, verdict);
		}
	}

	async #offerAgain(): Promise<void> {
		this.offer(await this.#store.outbox());
	}

	#wantBlobs(): void {
		const scopes: readonly (PollId | null)[] = [null, ...this.#scopes];
		const missing = scopes.flatMap((scope) => this.#copy.missingBlobs(scope)).filter((hash) => !this.#asked.has(hash));
		for (const hash of missing) this.#asked.add(hash);
		for (let start = 0; start < missing.length; start += 512)
			this.#send({ t: 'want-blobs', hashes: missing.slice(start, start + 512) });
	}

	#sendBlob(hash: BlobHash): void {
		const bytes = this.#copy.blob(hash);
		if (!bytes) return;
		for (let offset = 0; offset < bytes.length; offset += BATCH.chunk) {
			const piece = bytes.slice(offset, offset + BATCH.chunk);
			this.#send({ t: 'chunk', hash, offset, size: bytes.length, bytes: piece });
		}
	}

	async #receiveChunk({ hash, offset, size, bytes }: Extract<LedgerMessage, { t: 'chunk' }>): Promise<void> {
		const incoming = offset === 0 ? { pieces: [], received: 0 } : this.#incoming.get(hash);
		if (incoming?.received !== offset) return;
		incoming.pieces.push(bytes);
		incoming.received += bytes.length;
		this.#incoming.set(hash, incoming);
		if (incoming.received < size) return;
		this.#incoming.delete(hash);
		await this.#copy.receiveBlob(concat(...incoming.pieces));
	}

	#send(message: LedgerMessage): void {
		this.#connection.send(message);
	}
}
