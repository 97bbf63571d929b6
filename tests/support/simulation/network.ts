import type { RelaySocket, RelaySocketEvents } from '../../../server/relay/socket.ts';
import type { Random } from '../random.ts';

/** Takes over the far end of a socket that somebody dialed. */
export type Listener = (room: string, host: string, socket: RelaySocket) => void;

/** The longest that a frame is under way, in milliseconds. */
const SLOWEST = 300;

/** Hosts by name, and sockets between them that are slow, and are cut. Everything follows from the seed. */
export class SimulatedNetwork {
	/** Frames that were given to any socket. */
	sent = 0;
	readonly #random: Random;
	readonly #listeners = new Map<string, Listener>();
	readonly #wires = new Set<Wire>();
	readonly #broken = new Set<string>();

	constructor(random: Random) {
		this.#random = random;
	}

	/** Answers at this host from now on; undefined: nobody does. */
	listen(host: string, listener: Listener | undefined): void {
		if (listener) this.#listeners.set(host, listener);
		else this.#listeners.delete(host);
	}

	/** `tap`: hears every frame in either direction. */
	dial(from: string, url: string, tap: (frame: Uint8Array) => void = () => {}): RelaySocket {
		const { host, pathname } = new URL(url);
		const wire = new Wire(from, host, () => this.#random.below(SLOWEST));
		wire.carried = (frame) => {
			this.sent++;
			tap(frame);
		};
		this.#wires.add(wire);
		wire.later(() => {
			const listener = this.#listeners.get(host);
			if (!listener || this.#broken.has(pairOf(from, host))) return wire.cut();
			wire.isOpen = true;
			listener(pathname.split('/').at(-1) ?? '', host, wire.far);
		});
		return wire.near;
	}

	/** Cuts what there is between two hosts; what was under way is lost. */
	cut(a: string, b: string): void {
		for (const wire of this.#wires) if (pairOf(wire.from, wire.to) === pairOf(a, b)) this.#end(wire);
	}

	/** What there is between two hosts is dead, and nobody says so. */
	mute(a: string, b: string): void {
		for (const wire of this.#wires) if (pairOf(wire.from, wire.to) === pairOf(a, b)) wire.isMute = true;
	}

	/** How many connections are open between two hosts, as far as they know. */
	open(a: string, b: string): number {
		return [...this.#wires].filter(({ from, to, isOpen }) => isOpen && pairOf(from, to) === pairOf(a, b)).length;
	}

	/** From now on nothing gets from one to the other. */
	separate(a: string, b: string): void {
		this.#broken.add(pairOf(a, b));
		this.cut(a, b);
	}

	/** Everybody reaches everybody again. */
	heal(): void {
		this.#broken.clear();
	}

	#end(wire: Wire): void {
		wire.cut();
		this.#wires.delete(wire);
	}
}

const pairOf = (a: string, b: string) => [a, b].sort().join(' ');

/** Two ends of one connection. */
class Wire {
	readonly from: string;
	readonly to: string;
	readonly near: End;
	readonly far: End;
	isOpen = false;
	isMute = false;
	carried: (frame: Uint8Array) => void = () => {};
	readonly #delay: () => number;
	#isCut = false;

	constructor(from: string, to: string, delay: () => number) {
		this.from = from;
		this.to = to;
		this.#delay = delay;
		this.near = new End(this, () => this.far);
		this.far = new End(this, () => this.near);
	}

	later(action: () => void, notBefore = 0): number {
		const at = Math.max(Date.now() + this.#delay(), notBefore);
		setTimeout(() => !this.#isCut && action(), at - Date.now());
		return at;
	}

	cut(): void {
		if (this.#isCut) return;
		this.#isCut = true;
		this.isOpen = false;
		this.near.end();
		this.far.end();
	}
}

class End implements RelaySocket {
	readonly waiting = 0;
	readonly #wire: Wire;
	readonly #other: () => End;
	#events: RelaySocketEvents | undefined;
	/** Nothing overtakes what was sent before. */
	#lastAt = 0;
	#isPaused = false;
	#arrived: Uint8Array[] = [];

	constructor(wire: Wire, other: () => End) {
		this.#wire = wire;
		this.#other = other;
	}

	get isOpen(): boolean {
		return this.#wire.isOpen;
	}

	send(frame: Uint8Array, taken = () => {}): void {
		this.#wire.carried(frame);
		const copy = Uint8Array.from(frame);
		this.#later(() => this.#wire.isMute || this.#other().#arrive(copy));
		taken();
	}

	pause(): void {
		this.#isPaused = true;
	}

	resume(): void {
		this.#isPaused = false;
		for (const frame of this.#arrived.splice(0)) this.#events?.frame(frame);
	}

	ping(): void {
		this.#later(() => this.#wire.isMute || this.#events?.alive());
	}

	close(): void {
		this.#later(() => this.#wire.cut());
	}

	terminate(): void {
		this.#wire.cut();
	}

	listen(events: RelaySocketEvents): void {
		this.#events = events;
	}

	end(): void {
		this.#events?.ended();
	}

	#arrive(frame: Uint8Array): void {
		if (this.#isPaused) this.#arrived.push(frame);
		else this.#events?.frame(frame);
	}

	#later(action: () => void): void {
		this.#lastAt = this.#wire.later(action, this.#lastAt);
	}
}
