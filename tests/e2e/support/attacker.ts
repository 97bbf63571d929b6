import { encodeDraftMessage } from '#core/wire/frames.ts';
import type { SeededKey } from '../../../server/cli/scenario/seeded-key.ts';
import { step2Frame, updateFrame } from '../../../server/relay/draft-frames.ts';
import { connect, type RelayClient } from '../../support/relay-client.ts';
import { eventually } from '../../support/wait.ts';
import type { RelayProcess } from './relay-process.ts';

const FRAMES = { update: updateFrame, step2: step2Frame } as const;

/** A member's device in a draft's room with nothing of our client in it: a raw socket. */
export class Attacker {
	readonly device: SeededKey;
	readonly #client: RelayClient;

	private constructor(client: RelayClient, device: SeededKey) {
		this.#client = client;
		this.device = device;
	}

	static async logIn(relay: RelayProcess, room: string, device: SeededKey): Promise<Attacker> {
		return new Attacker(await enter(relay, room, device), device);
	}

	send(kind: keyof typeof FRAMES, update: Uint8Array): void {
		this.#client.socket.send(FRAMES[kind](update));
	}

	/** Resolves to the code the relay closed with. */
	async sendAndBeClosed(kind: keyof typeof FRAMES, update: Uint8Array): Promise<number> {
		this.send(kind, update);
		return this.#client.closeCode();
	}

	/** Resolves when the relay has worked through everything that was sent. */
	async heard(): Promise<void> {
		this.#client.socket.send(encodeDraftMessage({ t: 'beat', n: 1 }));
		await eventually(() => {
			if (!this.#client.heard.some(({ message }) => message.t === 'alive')) throw new Error('Not answered yet');
		}, 20_000);
	}

	leave(): void {
		this.#client.end();
	}
}

/** A healthy device that asks for a sign of life again and again, and notes how long it waits. */
export class Pulse {
	readonly #client: RelayClient;
	#beats = 0;
	#sentAt = 0;
	#longest = 0;

	private constructor(client: RelayClient) {
		this.#client = client;
		client.socket.on('message', () => this.#heard());
		this.#beat();
	}

	static async start(relay: RelayProcess, room: string, device: SeededKey): Promise<Pulse> {
		return new Pulse(await enter(relay, room, device));
	}

	/** The longest answer so far, in milliseconds; one that is still awaited counts. */
	end(): number {
		const longest = Math.max(this.#longest, performance.now() - this.#sentAt);
		this.#client.end();
		return longest;
	}

	#beat(): void {
		this.#sentAt = performance.now();
		this.#client.socket.send(encodeDraftMessage({ t: 'beat', n: ++this.#beats }));
	}

	#heard(): void {
		const last = this.#client.heard.at(-1)?.message;
		if (last?.t !== 'alive' || last.n !== this.#beats) return;
		this.#longest = Math.max(this.#longest, performance.now() - this.#sentAt);
		setTimeout(() => this.#beat(), 10);
	}
}

async function enter(relay: RelayProcess, room: string, device: SeededKey): Promise<RelayClient> {
	const client = await connect(`127.0.0.1:${relay.port}`, room);
	await client.logIn(Object.assign(device, { name: '' }));
	return client;
}
