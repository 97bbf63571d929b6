import { fromHex, type BlobHash, type RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { Composer } from '#core/ledger/composer.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { payloadOf, sealRecord } from '#core/ledger/record.ts';
import type { SeededKey } from '../../server/cli/scenario/seeded-key.ts';
import { grantRole } from '#core/roster/acts.ts';
import { OFFICES, type GrantableRole } from '#core/roster/roles.ts';
import { Council } from './council.ts';
import { flipBit, ofNewerRules, parsed, signWire } from './forging.ts';
import { ACTS } from './generated-acts.ts';
import { must } from './must.ts';
import { Random } from './random.ts';

/** Somebody who can write: a device under one authority, and the grant it cites when it cites one. */
export interface Writer {
	readonly device: SeededKey;
	readonly auth: RecordId;
	readonly member: RecordId;
	readonly as: RecordId | undefined;
	readonly role: GrantableRole | 'member';
}

/** One base for all runs: the same council, written and signed once. */
const council = new Council('generated');
const officers = OFFICES.filter((role) => role !== 'secretary').map(officerOf);
const newcomers = Array.from({ length: 6 }, (_, index) => council.corner.deviceFor(`后来的 ${index}`));
const invitation = council.corner.invite();
const base = council.corner.records;
const { grid } = council.corner;
const founderAuth = grid;
const people: readonly Writer[] = council.everybody.map((person) => {
	const auth = council.corner.authorityOf(person);
	const role = person === council.convener ? 'convener' : person === council.li ? 'secretary' : 'member';
	return { ...person, auth, role, as: role === 'member' ? undefined : council.corner.grantOf(role, person) };
});
const writers: readonly Writer[] = [...people, ...officers];

/** Somebody in an office that the founder gave. */
function officerOf(role: GrantableRole): Writer {
	const person = council.corner.welcome(role, '8号楼');
	const as = council.corner.actAsFounder((composer) => grantRole(composer, undefined, person.member, role));
	return { ...person, auth: council.corner.authorityOf(person), role, as };
}

/**
 * Random acts of several people in one grid. They write on two sides that do not always hear of each other, so stages
 * fork, device chains fork, texts are frozen twice and polls are closed twice; beside that come records that nobody
 * may ever hold.
 */
export class GeneratedLedger {
	readonly grid = grid;
	readonly random: Random;
	readonly people = writers;
	/** Devices that came in during the run. */
	readonly extra: Writer[] = [];
	readonly newcomers = newcomers;
	readonly invitation = invitation;
	/** Records that admission is to accept, in the order of writing. */
	readonly wires: Uint8Array[] = base.map(({ wire }) => wire);
	/** Records that nobody may hold, whatever else they hold. */
	readonly invalid: Uint8Array[] = [];
	readonly blobs = new Map<BlobHash, Uint8Array>(council.corner.blobs);
	#sides: readonly [Ledger, Ledger] = [copyOf(base), copyOf(base)];
	#at = 1_445_000_000_000;

	constructor(seed: number, acts: number) {
		this.random = new Random(seed);
		for (let done = 0; done < acts; done++) this.#actOnce();
	}

	salt(length = 16): Uint8Array {
		return this.random.bytes(length);
	}

	readonly blob = (hash: BlobHash): Uint8Array | undefined => this.blobs.get(hash);

	/** Writes as `writer` what `compose` puts together. Without permission it goes where nobody may hold it. */
	write(side: Ledger, writer: Writer, compose: (composer: Composer) => unknown, permitted = true): void {
		const author = { key: writer.device.key, grid, auth: writer.auth };
		const composer = new Composer(side, author, this.#at++);
		compose(composer);
		for (const bytes of composer.blobs) this.blobs.set(blobHash(bytes), bytes);
		for (const payload of composer.payloads) this.#keep(side, signWire(writer.device, payload), permitted);
	}

	writers(role: Writer['role']): Writer {
		return must(writers.find((writer) => writer.role === role));
	}

	get founder(): Writer {
		return { ...this.writers('convener'), auth: founderAuth, as: undefined };
	}

	#actOnce(): void {
		if (this.random.chance(0.2)) this.#merge();
		const side = must(this.random.pick(this.#sides));
		const act = must(this.random.pick(ACTS));
		act(this, side);
		if (this.random.chance(0.08)) this.#spoil();
		if (this.random.chance(0.04)) this.#writeByNewerRules();
	}

	#keep(side: Ledger, wire: Uint8Array, permitted: boolean): void {
		if (!permitted) return void this.invalid.push(wire);
		side.add(parsed(wire));
		this.wires.push(wire);
	}

	#merge(): void {
		const [one, two] = this.#sides;
		for (const record of [...one.all()]) two.add(record);
		for (const record of [...two.all()]) one.add(record);
	}

	/** Something that nobody here can read, in any scope and under any authority, or none. */
	#writeByNewerRules(): void {
		const { device } = must(this.random.pick(writers));
		const like = must(this.random.pick(this.wires));
		const changes = { 0: 2 + this.random.below(3), 3: 'from.the.future', 4: fromHex(device.key), 10: {} };
		this.wires.push(ofNewerRules(device, like, { ...changes, 1: fromHex(grid) }));
	}

	/** A copy of something real with its signature broken, or signed by somebody else. */
	#spoil(): void {
		const wire = must(this.random.pick(this.wires));
		if (this.random.chance(0.5)) return void this.invalid.push(flipBit(wire, -1 - this.random.below(60)));
		const stranger = must(this.random.pick(newcomers));
		const payload = payloadOf({ wire });
		this.invalid.push(sealRecord(payload, stranger.sign(payload)));
	}
}

function copyOf(records: readonly { readonly wire: Uint8Array }[]): Ledger {
	const ledger = new Ledger();
	for (const { wire } of records) ledger.add(parsed(wire));
	return ledger;
}
