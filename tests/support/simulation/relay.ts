import type { RecordId } from '#core/kernel/ids.ts';
import { Relay } from '../../../server/relay/relay.ts';
import { MemoryStore } from '../../../server/storage/memory.ts';
import type { Batch } from '../../../server/storage/port.ts';
import { Uplinks } from '../../../server/uplink/uplinks.ts';
import type { Random } from '../random.ts';
import type { SimulatedNetwork } from './network.ts';

/** Counts what is written, record by record. */
class CountingStore extends MemoryStore {
	readonly written = new Map<RecordId, number>();

	override async commit(batch: Batch): Promise<void> {
		for (const { id } of batch.records) this.written.set(id, (this.written.get(id) ?? 0) + 1);
		await super.commit(batch);
	}
}

/** A real relay on a store in memory, with a clock of its own. */
export class SimulatedRelay {
	readonly host: string;
	readonly store = new CountingStore();
	readonly faults: string[] = [];
	/** Hosts that it dials. */
	readonly peers: string[] = [];
	/** Every frame of the links that it dialed. */
	linkTap: (frame: Uint8Array) => void = () => {};
	readonly #network: SimulatedNetwork;
	readonly #random: Random;
	readonly #skew: number;
	#running: { readonly relay: Relay; readonly uplinks: Uplinks } | undefined;

	/** `skew`: how far its clock is ahead, in milliseconds. */
	constructor(host: string, network: SimulatedNetwork, random: Random, skew: number) {
		this.host = host;
		this.#network = network;
		this.#random = random;
		this.#skew = skew;
	}

	async start(): Promise<void> {
		const settings = { founding: 'open', origin: undefined, proxies: 0, gridShare: 1024 ** 3 } as const;
		const log = { note: () => {}, fault: (words: string, error: unknown) => this.faults.push(`${words}: ${error}`) };
		const now = () => Date.now() + this.#skew;
		const relay = await Relay.open({ store: this.store, log, now, elapsed: now, ...settings });
		this.#network.listen(this.host, (room, host, socket) => relay.receive({ room, host, address: 'near' }, socket));
		const uplinks = new Uplinks({
			...{ relay, peers: this.peers.map((peer) => `ws://${peer}`), random: () => this.#random.next() },
			dial: (url) => this.#network.dial(this.host, url, (frame) => this.linkTap(frame)),
		});
		this.#running = { relay, uplinks };
	}

	async stop(): Promise<void> {
		this.#network.listen(this.host, undefined);
		this.#running?.uplinks.close();
		await this.#running?.relay.close();
		this.#running = undefined;
	}
}
