import { WebSocket } from 'ws';
import type { GridId, RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import {
	decodeOwnFrame,
	encodeDraftMessage,
	encodeLedgerMessage,
	encodeLoginMessage,
	type OwnMessage,
} from '#core/wire/frames.ts';
import { BATCH, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import { loginMessage, type Challenge, type LoginMessage } from '#core/wire/login-messages.ts';
import { eventually } from './wait.ts';
import type { SeededKey } from '../../server/cli/scenario/seeded-key.ts';
import type { Act } from './relay-people.ts';

export interface LoginOptions {
	readonly wires?: readonly Uint8Array[];
	readonly founding?: string;
	/** What the proof names instead of the host that was dialed. */
	readonly host?: string;
}

/** One raw socket to a relay, and everything it heard. */
export class RelayClient {
	readonly socket: WebSocket;
	readonly room: string;
	readonly frames: Uint8Array[] = [];
	/** Our own messages, decoded. */
	readonly heard: OwnMessage[] = [];
	closed: { readonly code: number } | undefined;
	/** How often the relay asked whether it lives. */
	pings = 0;
	readonly #host: string;

	/** `headers`: as a proxy would add them. `socket`: another way to the relay than by HTTP. */
	constructor(host: string, room: string, headers: Readonly<Record<string, string>> = {}, socket?: WebSocket) {
		this.#host = host;
		this.room = room;
		this.socket = socket ?? new WebSocket(`ws://${host}/sync/${room}`, { headers });
		this.socket.on('message', (data) => this.#hear(Uint8Array.from(data as Buffer)));
		this.socket.on('ping', () => this.pings++);
		this.socket.on('close', (code) => (this.closed = { code }));
		this.socket.on('error', () => {});
	}

	async opened(): Promise<this> {
		await eventually(() => {
			if (!this.#login('challenge')) throw new Error('No challenge yet');
		});
		return this;
	}

	/** Answers the challenge; does not wait for what comes of it. */
	async prove(person: SeededKey, options: LoginOptions = {}): Promise<void> {
		await this.opened();
		const challenge = this.#login('challenge');
		if (!challenge) throw new Error('No challenge');
		const { relay, nonce } = challenge;
		const grid = this.room.split('.')[0] ?? '';
		const message = loginMessage(relay, nonce, grid, this.room, options.host ?? this.#host);
		const proof = { t: 'proof', key: person.key, signature: person.sign(message), wires: options.wires ?? [] } as const;
		const { founding } = options;
		this.socket.send(encodeLoginMessage(founding === undefined ? proof : { ...proof, founding }));
	}

	/** Resolves to the role the relay knows the person in. */
	async logIn(person: SeededKey, options: LoginOptions = {}): Promise<string> {
		await this.prove(person, options);
		return eventually(() => {
			const welcome = this.#login('welcome');
			if (!welcome) throw new Error(`Not welcome: ${JSON.stringify(this.closed)}`);
			return welcome.role;
		});
	}

	/** Resolves to the role the relay welcomes somebody in, or to the code it sends them away with. */
	async knock(person: SeededKey, options: LoginOptions = {}): Promise<string | number> {
		await this.prove(person, options);
		return eventually(() => {
			const answer = this.#login('welcome')?.role ?? this.closed?.code;
			if (answer === undefined) throw new Error('Neither welcome nor sent away');
			return answer;
		});
	}

	say(message: LedgerMessage): void {
		this.socket.send(encodeLedgerMessage(message));
	}

	offer(wires: readonly Uint8Array[], scope: RecordId | null = null): void {
		for (let start = 0; start < wires.length; start += BATCH.records) {
			this.say({ t: 'records', scope, wires: wires.slice(start, start + BATCH.records) });
		}
	}

	sendBlob(bytes: Uint8Array): void {
		const hash = blobHash(bytes);
		for (let offset = 0; offset < bytes.length; offset += BATCH.chunk) {
			const piece = bytes.subarray(offset, offset + BATCH.chunk);
			this.say({ t: 'chunk', hash, offset, size: bytes.length, bytes: piece });
		}
	}

	/** Offers an act with its blobs, and resolves once all of it is acknowledged. */
	async bring(act: Act): Promise<void> {
		this.offer(act.wires);
		for (const id of act.ids) await this.verdictOn(id, '');
		for (const bytes of act.blobs) {
			this.sendBlob(bytes);
			const hash = blobHash(bytes);
			await this.ledgerMessage((heard) => heard.t === 'blob-ack' && heard.hash === hash && heard.verdict === '');
		}
	}

	async verdictOn(id: RecordId, expected?: string): Promise<string> {
		return eventually(() => {
			const verdicts = this.ledger.flatMap((message) => (message.t === 'ack' ? message.verdicts : []));
			const verdict = verdicts.findLast(([of]) => of === id)?.[1];
			if (verdict === undefined || (expected !== undefined && verdict !== expected)) {
				throw new Error(`Verdict: ${verdict ?? 'none yet'}, connection: ${JSON.stringify(this.closed)}`);
			}
			return verdict;
		});
	}

	async ledgerMessage(fits: (message: LedgerMessage) => boolean): Promise<LedgerMessage> {
		return eventually(() => {
			const found = this.ledger.find(fits);
			if (!found) throw new Error(`Heard only ${this.ledger.map(({ t }) => t).join(' ')}`);
			return found;
		});
	}

	/** Resolves to the code the relay closed with. */
	async closeCode(): Promise<number> {
		return eventually(() => {
			if (!this.closed) throw new Error('Still open');
			return this.closed.code;
		});
	}

	get challenge(): Challenge | undefined {
		return this.#login('challenge');
	}

	get ledger(): readonly LedgerMessage[] {
		return this.heard.flatMap((own) => (own.number === 64 ? [own.message] : []));
	}

	/** Every record this client was sent. */
	get wires(): readonly Uint8Array[] {
		return this.ledger.flatMap((message) => (message.t === 'records' ? message.wires : []));
	}

	end(): void {
		this.socket.terminate();
	}

	#login<T extends LoginMessage['t']>(t: T): Extract<LoginMessage, { t: T }> | undefined {
		const messages = this.heard.flatMap((own) => (own.number === 65 ? [own.message] : []));
		return messages.find((message): message is Extract<LoginMessage, { t: T }> => message.t === t);
	}

	#hear(frame: Uint8Array): void {
		this.frames.push(frame);
		const decoded = decodeOwnFrame(frame);
		if (decoded.ok) this.heard.push(decoded.value);
	}
}

/** The relay hears this client and answers it. */
export async function answersBeat(client: RelayClient): Promise<void> {
	const n = client.heard.length + 1;
	client.socket.send(encodeDraftMessage({ t: 'beat', n }));
	await eventually(() => {
		const isAnswered = client.heard.some(
			(own) => own.number === 66 && own.message.t === 'alive' && own.message.n === n,
		);
		if (!isAnswered) throw new Error(`No answer to beat ${n}`);
	});
}

export async function connect(host: string, room: GridId | string): Promise<RelayClient> {
	return new RelayClient(host, room).opened();
}
