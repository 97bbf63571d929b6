import { expect } from 'vitest';
import type { PollId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { parseWire } from '#core/ledger/record.ts';
import { decodeOwnFrame } from '#core/wire/frames.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { readIdentity } from '../../../server/relay/identity.ts';
import { EMPTY_BATCH } from '../../../server/storage/port.ts';
import { must } from '../must.ts';
import { Random } from '../random.ts';
import { RelayCorner, RelayPerson, type Act } from '../relay-people.ts';
import { ballotOf, enrolment, openVote } from '../relay-vote.ts';
import { expectEqual, isEqual, type Held } from './agreement.ts';
import { SimulatedDevice } from './device.ts';
import { SimulatedNetwork } from './network.ts';
import { SimulatedRelay } from './relay.ts';
import { pass } from './time.ts';

const NAMES = ['陈慧', '王伟', '张桂兰', '李强'];
const STEPS = 25;
/** Milliseconds between two events, at most. */
const PAUSE = 4000;
/** Milliseconds in which all must hold the same once the network is whole: a few comparisons. */
const PATIENCE = 200_000;
/** The same until the receipts that were put off are signed (RELAY-57), and until all was compared once more. */
const CONFIRMED = 70_000;
const COMPARED_AGAIN = 65_000;
/** By how much a relay's clock may be wrong: a year. */
const SKEW = 366 * 86_400_000;
/** What relays say to one another when they differ; everything else they say to see whether they do. */
const CONTENT = ['buckets', 'ids', 'want', 'records', 'chunk', 'step1', 'step2'];

/** Relays and phones of one corner, on a network that fails; all of it from one seed. */
export class Simulation implements Held {
	readonly #random: Random;
	readonly #network: SimulatedNetwork;
	readonly corner = new RelayCorner(new RelayPerson(must(NAMES[0])));
	readonly #people = NAMES.map((name) => new RelayPerson(name));
	readonly relays: readonly SimulatedRelay[];
	readonly devices: readonly SimulatedDevice[];
	readonly #polls: PollId[] = [];
	/** Of drafts. */
	readonly rooms: string[] = [];
	/** How much was told on links that was no question. */
	#told = 0;

	constructor(seed: number) {
		const random = (this.#random = new Random(seed));
		const network = (this.#network = new SimulatedNetwork(random));
		const count = 2 + random.below(5);
		this.relays = Array.from(
			{ length: count },
			(_, index) => new SimulatedRelay(`relay${index}`, network, random, random.below(2 * SKEW) - SKEW),
		);
		this.devices = this.#people.map((person) => new SimulatedDevice(person, this.corner.grid, network));
		this.#connect();
	}

	/** Everybody is at some relay, and every relay has been told of the corner; the first holds all that happened so far. */
	async begin(): Promise<void> {
		const beginning = [this.corner.founding];
		for (const relay of this.relays) beginning.push(await this.#enrol(relay));
		const later = this.#people.slice(1).flatMap((person) => this.#welcome(person));
		for (const [index, relay] of this.relays.entries()) {
			await this.#give(relay, index === 0 ? [...beginning, ...later] : beginning);
			await relay.start();
		}
		for (const device of this.devices) device.visit(this.#someHost());
	}

	/** Things happen, and things go wrong. */
	async run(): Promise<void> {
		for (let step = 0; step < STEPS; step++) {
			await this.#happen();
			await pass(this.#random.below(PAUSE), this.#network);
		}
	}

	/** With a whole network all relays come to hold the same, and then have nothing more to say. */
	async settle(): Promise<void> {
		this.#network.heal();
		const end = Date.now() + PATIENCE;
		while (!(await isEqual(this)) && Date.now() < end) await pass(5000, this.#network);
		// By now every relay confirms the ballots that it holds.
		await pass(CONFIRMED, this.#network);
		const told = this.#told;
		await pass(COMPARED_AGAIN, this.#network);
		expect(this.#told - told).toBe(0);
		await expectEqual(this);
		for (const { store } of this.relays) expect(new Set(store.written.values())).toEqual(new Set([1]));
		expect(this.relays.flatMap(({ faults }) => faults)).toEqual([]);
	}

	async end(): Promise<void> {
		for (const device of this.devices) device.end();
		for (const relay of this.relays) await relay.stop();
	}

	/** Any connected graph: a tree, and some lines more; dialed from either end, or both. */
	#connect(): void {
		for (const [index, relay] of this.relays.entries()) {
			relay.linkTap = (frame) => this.#note(frame);
			for (const earlier of this.relays.slice(0, index)) {
				const isTree = earlier === this.relays[this.#random.below(index)];
				const isLast = earlier === this.relays[index - 1] && !this.#hasPeers(relay);
				if (isTree || isLast || this.#random.chance(0.2)) this.#pair(relay, earlier);
			}
		}
	}

	#hasPeers = (relay: SimulatedRelay) =>
		relay.peers.length > 0 || this.relays.some(({ peers }) => peers.includes(relay.host));

	#pair(one: SimulatedRelay, other: SimulatedRelay): void {
		const who = this.#random.below(3);
		if (who !== 0) one.peers.push(other.host);
		if (who !== 1) other.peers.push(one.host);
	}

	#note(frame: Uint8Array): void {
		const decoded = decodeOwnFrame(frame);
		if (decoded.ok && CONTENT.includes(decoded.value.message.t)) this.#told++;
	}

	async #enrol({ store }: SimulatedRelay): Promise<Act> {
		await store.relaySeed(this.#random.bytes(32));
		return enrolment(this.corner, (await readIdentity(store)).key);
	}

	#welcome(person: RelayPerson): readonly Act[] {
		const { act, invite } = this.corner.invite();
		return [act, this.corner.join(person, invite), this.corner.admit(person)];
	}

	async #give({ store }: SimulatedRelay, acts: readonly Act[]): Promise<void> {
		const { grid } = this.corner;
		const records = acts.flatMap(({ wires }) => wires).map((wire) => ({ grid, ...kept(wire) }));
		const blobs = acts.flatMap((act) => act.blobs).map((bytes) => ({ grid, hash: blobHash(bytes), bytes }));
		await store.commit({ ...EMPTY_BATCH, records, blobs });
	}

	async #happen(): Promise<void> {
		const [what, who] = [this.#random.next(), this.#random.below(NAMES.length)];
		const device = must(this.devices[who]);
		const person = must(this.#people[who]);
		if (what < 0.15) return device.write(this.#topic(person));
		if (what < 0.22) return must(this.devices[0]).write(this.#vote());
		if (what < 0.35) return this.#ballot(person, device);
		if (what < 0.6) return this.#write(device);
		if (what < 0.7) return device.visit(this.#someHost());
		if (what < 0.75) return this.#network.mute(this.#someHost(), this.#someHost());
		if (what < 0.8) return this.#network.cut(this.#someHost(), this.#someHost());
		if (what < 0.85) return this.#network.separate(this.#someHost(), this.#someHost());
		if (what < 0.9) return this.#network.heal();
		const relay = must(this.#random.pick(this.relays));
		await relay.stop();
		await pass(this.#random.below(PAUSE), this.#network);
		await relay.start();
	}

	#topic(person: RelayPerson): Act {
		const topic = this.corner.topic(person);
		this.rooms.push(draftRoom(this.corner.grid, 'topic', must(topic.ids[0])));
		return topic;
	}

	#vote(): Act {
		const [first, second] = this.#people;
		const { act, poll } = openVote(this.corner, must(first), must(second));
		this.#polls.push(poll);
		return act;
	}

	#ballot(person: RelayPerson, device: SimulatedDevice): void {
		const poll = this.#random.pick(this.#polls);
		if (poll) device.write(ballotOf(this.corner, person, poll, this.#random.chance(0.5) ? 'approve' : 'reject'));
	}

	/** Somebody types, or deletes. */
	#write(device: SimulatedDevice): void {
		const room = this.#random.pick(this.rooms);
		if (room === undefined) return;
		device.edit(room, (text) => {
			const at = this.#random.below(text.length + 1);
			if (text.length - at > 2 && this.#random.chance(0.4)) text.delete(at, 2);
			else text.insert(at, `字${this.#random.below(100)}`);
		});
	}

	#someHost(): string {
		return must(this.#random.pick(this.relays)).host;
	}
}

function kept(wire: Uint8Array) {
	const parsed = parseWire(wire);
	if (!parsed.ok) throw new Error('A corner wrote something malformed');
	const { id, scope } = parsed.value;
	return { id, scope, wire };
}
