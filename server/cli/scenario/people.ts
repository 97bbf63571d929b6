import { createHash } from 'node:crypto';
import type { BlobHash, GridId, MemberId, RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { Composer } from '#core/ledger/composer.ts';
import { foldLedger, type CornerState } from '#core/ledger/fold.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { parseRecord, sealRecord, signatureInput, type LedgerRecord } from '#core/ledger/record.ts';
import { invitationMessage, possessionMessage } from '#core/ledger/signatures.ts';
import { admitFounder, admitNewcomer, foundGrid, grantRole, inviteMembers, joinCorner } from '#core/roster/acts.ts';
import type { GrantableRole } from '#core/roster/roles.ts';
import { Standing } from '#core/validity/standing.ts';
import { foldRoster } from '#core/roster/reducer.ts';
import { deviceOf, grantFor } from '#core/roster/selectors.ts';
import type { Roster } from '#core/roster/state.ts';
import { SeededKey } from './seeded-key.ts';

/** Somebody with a name and a phone. */
export interface Person {
	readonly name: string;
	readonly device: SeededKey;
	readonly member: MemberId;
}

/** An `invite`, and the key whose proof a join must show. */
export interface Invitation {
	readonly id: RecordId;
	readonly key: SeededKey;
}

/**
 * A corner and its people in memory, writing through the same acts as the app. `at` is the clock of the story and is
 * moved by hand. Nothing is checked here: whoever wants a verdict offers `wires` to admission.
 */
export class StoryCorner {
	readonly ledger = new Ledger();
	readonly blobs = new Map<BlobHash, Uint8Array>();
	readonly grid: GridId;
	readonly founder: Person;
	at: number;
	readonly #seed: string;

	/** `seed` makes every key and salt of the corner; `cofounders` are names, all of whom make the quorum with the founder. */
	constructor(
		name: string,
		founder: string,
		seed = name,
		at = Date.UTC(2015, 7, 3, 1),
		cofounders: readonly string[] = [],
	) {
		this.#seed = seed;
		this.at = at;
		const device = this.deviceFor(founder);
		const composer = new Composer(this.ledger, { key: device.key, grid: null, auth: null }, at);
		this.grid = foundGrid(composer, {
			...{ name, kind: 'residential', nonce: this.salt('genesis') },
			cofounders: cofounders.map((cofounder) => this.deviceFor(cofounder).key),
			quorum: cofounders.length + 1,
		});
		const pop = device.sign(possessionMessage(this.grid, this.grid, device.key));
		const card = { name: founder, building: '1号楼' };
		const member = admitFounder(composer, this.grid, pop, card, this.salt(founder));
		this.founder = { name: founder, device, member };
		this.#seal(composer, device);
	}

	readonly blob = (hash: BlobHash): Uint8Array | undefined => this.blobs.get(hash);

	/** The folded structure as it is now. */
	get state(): CornerState {
		return foldLedger(this.ledger, this.blob);
	}

	/** The roster alone: many acts need no more, and it costs much less. */
	get roster(): Roster {
		return foldRoster(this.standing);
	}

	get standing(): Standing {
		return new Standing(this.ledger, this.blob);
	}

	get records(): readonly LedgerRecord[] {
		return [...this.ledger.all()];
	}

	/** Whatever this person's device writes in one act. Answers what `compose` answers. */
	act<T>(person: Pick<Person, 'device'>, compose: (composer: Composer) => T): T {
		return this.actUnder(person.device, this.authorityOf(person), compose);
	}

	/** With the founder key itself, which stands above every role. */
	actAsFounder<T>(compose: (composer: Composer) => T): T {
		return this.actUnder(this.founder.device, this.grid, compose);
	}

	/** `auth`: the record that gives the device its authority. */
	actUnder<T>(device: SeededKey, auth: RecordId, compose: (composer: Composer) => T): T {
		const composer = new Composer(this.ledger, { key: device.key, grid: this.grid, auth }, this.at);
		const value = compose(composer);
		this.#seal(composer, device);
		return value;
	}

	/** The `device.add` of this person's phone. */
	authorityOf({ device }: Pick<Person, 'device'>): RecordId {
		const entry = deviceOf(this.roster, device.key);
		if (!entry) throw new Error('This person is not on the roster');
		return entry.add;
	}

	invite(max = 300): Invitation {
		const key = this.deviceFor('invitation');
		const id = this.act(this.founder, (composer) => inviteMembers(composer, this.grantOf('convener'), key.key, max));
		return { id, key };
	}

	/** Joins by invitation and is admitted by the convener. */
	welcome(name: string, building: string, ...roles: readonly GrantableRole[]): Person {
		const device = this.deviceFor(name);
		this.join(name, building, device);
		const member = this.admit(device);
		for (const role of roles)
			this.act(this.founder, (composer) => grantRole(composer, this.grantOf('convener'), member, role));
		return { name, device, member };
	}

	/** `proof` is the invitation's over the key. */
	join(
		name: string,
		building: string,
		device: SeededKey,
		invite = this.invite(),
		proof = invite.key.sign(invitationMessage(device.key)),
	): RecordId {
		const pop = device.sign(possessionMessage(this.grid, invite.id, device.key));
		return this.actUnder(device, invite.id, (composer) =>
			joinCorner(composer, { key: device.key, pop }, proof, { name, building }, this.salt(name)),
		);
	}

	/** Puts a device that has joined on the roster. */
	admit(device: SeededKey): MemberId {
		const newcomer = this.roster.newcomers.find(({ key }) => key === device.key);
		const join = this.ledger.find(newcomer?.join, 'join');
		if (!newcomer || !join) throw new Error('Nobody joined with this device');
		return this.act(this.founder, (composer) =>
			admitNewcomer(composer, this.grantOf('convener'), newcomer, join.body.pop),
		);
	}

	/** The grant of a role, of the given person or of the founder. */
	grantOf(role: GrantableRole, { member }: Pick<Person, 'member'> = this.founder): RecordId | undefined {
		return grantFor(this.roster, member, role);
	}

	deviceFor(name: string): SeededKey {
		return new SeededKey(`${this.#seed}/${name}`);
	}

	salt(purpose: string): Uint8Array {
		const digest = createHash('sha256').update(`${this.#seed}/salt/${purpose}`).digest();
		return new Uint8Array(digest.subarray(0, 16));
	}

	#seal(composer: Composer, device: SeededKey): void {
		for (const bytes of composer.blobs) this.blobs.set(blobHash(bytes), bytes);
		for (const payload of composer.payloads) {
			const parsed = parseRecord(sealRecord(payload, device.sign(signatureInput(payload))));
			if (!parsed.ok) throw new Error(`A story composed a malformed record: ${parsed.error}`);
			this.ledger.add(parsed.value);
		}
	}
}
