import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { BlobHash, RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { parseRecord, type LedgerRecord } from '#core/ledger/record.ts';
import { decodeOwnFrame, encodeLedgerMessage, encodeLoginMessage } from '#core/wire/frames.ts';
import { BATCH, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import { loginMessage, type Challenge } from '#core/wire/login-messages.ts';
import { hello, recordMessages } from '#core/wire/reconcile.ts';
import type { Person, StoryCorner } from './people.ts';

/**
 * Carries a story to a running relay as one of its people's devices would: logs in, offers records and blobs, and takes
 * in what others write. Verdicts are the relay's; what it passes on has been judged there.
 */
export class StoryClient {
	readonly #corner: StoryCorner;
	readonly #socket: WebSocket;
	readonly #acknowledged = new Set<string>();
	readonly #putOff = new Set<string>();
	#onNews: () => void = () => {};

	private constructor(corner: StoryCorner, socket: WebSocket) {
		this.#corner = corner;
		this.#socket = socket;
	}

	/** `address`: host and port of the relay. Resolves when logged in. */
	static async connect(corner: StoryCorner, person: Person, address: string): Promise<StoryClient> {
		const socket = new WebSocket(`ws://${address}/sync/${corner.grid}`);
		const client = new StoryClient(corner, socket);
		await new Promise<void>((resolve, reject) => {
			socket.on('error', reject);
			socket.on('close', (code) => reject(new Error(`The relay closed the connection: ${code}`)));
			socket.on('message', (data: Buffer) => client.#receive(new Uint8Array(data), person, address, resolve));
		});
		client.#send(hello(corner.ledger, null));
		return client;
	}

	/** Offers everything that is not acknowledged, and resolves when all of it is committed. */
	async offerAll(): Promise<void> {
		const { records, blobs } = this.#corner;
		const open = records.filter(({ id }) => !this.#acknowledged.has(id));
		this.#offer(open);
		for (const [hash, bytes] of blobs) if (!this.#acknowledged.has(hash)) this.#sendBlob(hash, bytes);
		while (!this.#isCommitted(open, blobs.keys())) {
			await pause(20);
			this.#offerAgain(open);
		}
	}

	/** Calls back whenever somebody else's records or blobs came in. */
	onNews(listener: () => void): void {
		this.#onNews = listener;
	}

	close(): void {
		this.#socket.removeAllListeners('close');
		this.#socket.close();
	}

	#offer(records: readonly LedgerRecord[]): void {
		for (const scope of this.#corner.ledger.scopes()) {
			const scoped = records.filter((record) => record.scope === scope);
			recordMessages(scope, scoped).forEach((message) => this.#send(message));
		}
	}

	/** What came before the records it names, once all others are in. */
	#offerAgain(records: readonly LedgerRecord[]): void {
		const open = records.filter(({ id }) => !this.#acknowledged.has(id));
		if (!open.every(({ id }) => this.#putOff.has(id))) return;
		this.#putOff.clear();
		this.#offer(open);
	}

	#isCommitted(records: readonly LedgerRecord[], hashes: Iterable<string>): boolean {
		return [...records.map(({ id }) => id), ...hashes].every((id) => this.#acknowledged.has(id));
	}

	#receive(bytes: Uint8Array, person: Person, address: string, loggedIn: () => void): void {
		const frame = decodeOwnFrame(bytes);
		if (!frame.ok) return;
		const { message } = frame.value;
		if (message.t === 'challenge') this.#prove(message, person, address);
		else if (message.t === 'welcome') loggedIn();
		else if (frame.value.number === 64) this.#receiveLedger(frame.value.message);
	}

	#prove({ relay, nonce }: Challenge, { device }: Person, address: string): void {
		const { grid } = this.#corner;
		const signature = device.sign(loginMessage(relay, nonce, grid, grid, address));
		this.#socket.send(encodeLoginMessage({ t: 'proof', key: device.key, signature, wires: [] }));
	}

	#receiveLedger(message: LedgerMessage): void {
		if (message.t === 'ack') this.#noteVerdicts(message.verdicts);
		else if (message.t === 'blob-ack') this.#noteVerdicts([[message.hash as unknown as RecordId, message.verdict]]);
		else if (message.t === 'records') this.#takeIn(message.wires);
		else if (message.t === 'chunk') this.#takeBlob(message.bytes);
	}

	#noteVerdicts(verdicts: readonly (readonly [string, string])[]): void {
		for (const [id, verdict] of verdicts) {
			if (verdict === 'later') this.#putOff.add(id);
			else if (verdict === '') this.#acknowledged.add(id);
			else throw new Error(`The relay would not take ${id.slice(0, 8)}: ${verdict}`);
		}
	}

	#takeIn(wires: readonly Uint8Array[]): void {
		for (const wire of wires) {
			const parsed = parseRecord(wire);
			if (!parsed.ok) continue;
			this.#corner.ledger.add(parsed.value);
			this.#acknowledged.add(parsed.value.id);
		}
		const missing = this.#corner.ledger.blobsOf(null).filter((hash) => !this.#corner.blobs.has(hash));
		if (missing.length > 0) this.#send({ t: 'want-blobs', hashes: missing.slice(0, 512) });
		this.#onNews();
	}

	/** Cards are smaller than one chunk; a larger blob is nothing a story needs. */
	#takeBlob(bytes: Uint8Array): void {
		const hash = blobHash(bytes);
		this.#corner.blobs.set(hash, bytes);
		this.#acknowledged.add(hash);
		this.#onNews();
	}

	#sendBlob(hash: BlobHash, bytes: Uint8Array): void {
		for (let offset = 0; offset < bytes.length; offset += BATCH.chunk) {
			const piece = bytes.slice(offset, offset + BATCH.chunk);
			this.#send({ t: 'chunk', hash, offset, size: bytes.length, bytes: piece });
		}
	}

	#send(message: LedgerMessage): void {
		this.#socket.send(encodeLedgerMessage(message));
	}
}
