import * as Y from 'yjs';
import { parseWire, type HeldRecord } from '#core/ledger/record.ts';
import { DraftHoldings } from '#core/wire/draft-holdings.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import { decodeOwnFrame, encodeDraftMessage, encodeLedgerMessage, encodeLoginMessage } from '#core/wire/frames.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import { loginMessage, type LoginMessage } from '#core/wire/login-messages.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import type { BlobHash, GridId, RecordId } from '#core/kernel/ids.ts';
import type { RelaySocket } from '../../../server/relay/socket.ts';
import type { Act, RelayPerson } from '../relay-people.ts';
import type { SimulatedNetwork } from './network.ts';

/** How often a phone offers again what is unsent, and asks about drafts, in milliseconds. */
const AGAIN = 5000;

/** Somebody's phone, at one relay at a time: keeps what is unsent until a relay has it, and copies of drafts. */
export class SimulatedDevice {
	readonly drafts = new Map<string, Y.Doc>();
	readonly #unsent = new Map<RecordId, HeldRecord>();
	readonly #unsentBlobs = new Map<BlobHash, Uint8Array>();
	readonly #network: SimulatedNetwork;
	readonly #person: RelayPerson;
	readonly #grid: GridId;
	readonly #again: NodeJS.Timeout;
	#socket: RelaySocket | undefined;
	#host = '';
	#isWelcome = false;

	constructor(person: RelayPerson, grid: GridId, network: SimulatedNetwork) {
		this.#person = person;
		this.#grid = grid;
		this.#network = network;
		this.#again = setInterval(() => this.#sync(), AGAIN);
	}

	get isInStep(): boolean {
		return this.#unsent.size === 0 && this.#unsentBlobs.size === 0;
	}

	/** Goes to another relay. */
	visit(host: string): void {
		this.#socket?.terminate();
		this.#host = host;
		this.#isWelcome = false;
		const socket = this.#network.dial(this.#person.key, `ws://${host}/sync/${this.#grid}`);
		this.#socket = socket;
		socket.listen({
			...{ noFrame: () => {}, alive: () => {} },
			frame: (frame) => this.#socket === socket && this.#hear(frame),
			ended: () => this.#socket === socket && (this.#socket = undefined),
		});
	}

	write(act: Act): void {
		for (const wire of act.wires) {
			const parsed = parseWire(wire);
			if (parsed.ok) this.#unsent.set(parsed.value.id, parsed.value);
		}
		for (const bytes of act.blobs) this.#unsentBlobs.set(blobHash(bytes), bytes);
		this.#offer();
	}

	edit(room: string, change: (text: Y.Text) => void): void {
		change(this.#draft(room).getText('text'));
		this.#compare();
	}

	end(): void {
		clearInterval(this.#again);
		this.#socket?.terminate();
	}

	#draft(room: string): Y.Doc {
		const held = this.drafts.get(room);
		if (held) return held;
		const doc = new Y.Doc();
		// Else it is by chance, and a seed would not tell the same story twice.
		doc.clientID = Number.parseInt(this.#person.key.slice(0, 7), 16);
		this.drafts.set(room, doc);
		return doc;
	}

	#sync(): void {
		if (!this.#socket) return this.visit(this.#host);
		this.#offer();
		this.#compare();
	}

	#offer(): void {
		for (const { scope, wire } of this.#unsent.values()) this.#tell({ t: 'records', scope, wires: [wire] });
		const named = new Set(this.#unsentBlobs.keys());
		if (named.size > 0) this.#tell({ t: 'offer-blobs', hashes: [...named] });
	}

	#compare(): void {
		const drafts = [...this.drafts].map(([room, doc]) => [room, digestOf(doc)] as const);
		if (drafts.length > 0) this.#ask({ t: 'have', drafts });
	}

	#hear(frame: Uint8Array): void {
		const decoded = decodeOwnFrame(frame);
		if (!decoded.ok) throw new Error('A relay said something malformed');
		if (decoded.value.number === 65) this.#logIn(decoded.value.message);
		else if (decoded.value.number === 66) this.#hearDraft(decoded.value.message);
		else this.#hearLedger(decoded.value.message);
	}

	#logIn(message: LoginMessage): void {
		if (message.t === 'challenge') {
			const signed = loginMessage(message.relay, message.nonce, this.#grid, this.#grid, this.#host);
			const { key } = this.#person;
			this.#socket?.send(encodeLoginMessage({ t: 'proof', key, signature: this.#person.sign(signed), wires: [] }));
		}
		if (message.t !== 'welcome') return;
		this.#isWelcome = true;
		this.#sync();
	}

	#hearLedger(message: LedgerMessage): void {
		if (message.t === 'ack') for (const [id, verdict] of message.verdicts) if (verdict === '') this.#unsent.delete(id);
		if (message.t === 'blob-ack' && message.verdict === '') this.#unsentBlobs.delete(message.hash);
		if (message.t !== 'want-blobs') return;
		for (const hash of message.hashes) {
			const bytes = this.#unsentBlobs.get(hash);
			if (bytes) this.#tell({ t: 'chunk', hash, offset: 0, size: bytes.length, bytes });
		}
	}

	#hearDraft(message: DraftMessage): void {
		if (message.t === 'step2') Y.applyUpdate(this.#draft(message.room), message.update);
		if (message.t !== 'step1') return;
		const { room, vector } = message;
		const doc = this.#draft(room);
		this.#ask({ t: 'step2', room, update: Y.encodeStateAsUpdate(doc, vector) });
		this.#ask({ t: 'step1', room, vector: Y.encodeStateVector(doc) });
	}

	#tell(message: LedgerMessage): void {
		if (this.#isWelcome) this.#socket?.send(encodeLedgerMessage(message));
	}

	#ask(message: DraftMessage): void {
		if (this.#isWelcome) this.#socket?.send(encodeDraftMessage(message));
	}
}

export function digestOf(doc: Y.Doc): string {
	const holdings = new DraftHoldings();
	holdings.take(Y.encodeStateAsUpdate(doc));
	return holdings.digest();
}
