import { createHash, createPrivateKey, sign as nodeSign, type KeyObject } from 'node:crypto';
import {
	fromHex,
	toHex,
	type BlobHash,
	type DeviceKey,
	type GridId,
	type MemberId,
	type RecordId,
} from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { Composer } from '#core/ledger/composer.ts';
import { foldLedger, type CornerState } from '#core/ledger/fold.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { parseRecord, sealRecord, signatureInput, type LedgerRecord } from '#core/ledger/record.ts';
import { invitationMessage, possessionMessage } from '#core/ledger/signatures.ts';
import { admitFounder, admitNewcomer, foundGrid, grantRole, inviteMembers, joinCorner } from '#core/roster/acts.ts';
import type { GrantableRole } from '#core/roster/roles.ts';
import { invitationSeed } from '#core/roster/invitation.ts';
import { deviceOf } from '#core/roster/selectors.ts';

const PKCS8_HEAD = fromHex('302e020100300506032b657004220420');

/** An Ed25519 key from a seed text: the same name gives the same key, in the demonstration and in every test. */
export class SeededKey {
	readonly key: DeviceKey;
	readonly #private: KeyObject;

	constructor(seed: string | Uint8Array) {
		const bytes = typeof seed === 'string' ? seedOf(seed) : seed;
		this.#private = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, bytes]), format: 'der', type: 'pkcs8' });
		const { x = '' } = this.#private.export({ format: 'jwk' });
		this.key = toHex(new Uint8Array(Buffer.from(x, 'base64url'))) as DeviceKey;
	}

	/** The signing key of an invitation with this secret (32 hex characters). */
	static ofInvitation(secret: string): SeededKey {
		return new SeededKey(invitationSeed(secret));
	}

	sign(message: Uint8Array): Uint8Array {
		return new Uint8Array(nodeSign(null, message, this.#private));
	}
}

function seedOf(text: string): Uint8Array {
	return createHash('sha256').update(`council-corner seeded key ${text}`).digest();
}

/** Somebody with a name and a phone. */
export interface Person {
	readonly name: string;
	readonly device: SeededKey;
	readonly member: MemberId;
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

	/** `seed` makes every key and salt of the corner. */
	constructor(name: string, founder: string, seed = name, at = Date.UTC(2015, 7, 3, 1)) {
		this.#seed = seed;
		this.at = at;
		const device = this.deviceFor(founder);
		const composer = new Composer(this.ledger, { key: device.key, grid: null, auth: null }, at);
		this.grid = foundGrid(composer, { name, kind: 'residential', nonce: this.salt('genesis') });
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

	get records(): readonly LedgerRecord[] {
		return [...this.ledger.all()];
	}

	/** Whatever this person's device writes in one act. Answers what `compose` answers. */
	act<T>(person: Person, compose: (composer: Composer) => T): T {
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
	authorityOf({ device }: Person): RecordId {
		const entry = deviceOf(this.state.roster, device.key);
		if (!entry) throw new Error('This person is not on the roster');
		return entry.add;
	}

	invite(): { readonly id: RecordId; readonly key: SeededKey } {
		const key = this.deviceFor('invitation');
		const id = this.act(this.founder, (composer) => inviteMembers(composer, this.grantOf('convener'), key.key, 300));
		return { id, key };
	}

	/** Joins by invitation and is admitted by the convener. */
	welcome(name: string, building: string, ...roles: readonly GrantableRole[]): Person {
		const device = this.deviceFor(name);
		this.join(name, building, device);
		const newcomer = this.state.roster.newcomers.find(({ key }) => key === device.key);
		const join = newcomer && this.ledger.find(newcomer.join, 'join');
		if (!newcomer || !join) throw new Error('The join did not arrive');
		const member = this.act(this.founder, (composer) =>
			admitNewcomer(composer, this.grantOf('convener'), newcomer, join.body.pop),
		);
		for (const role of roles)
			this.act(this.founder, (composer) => grantRole(composer, this.grantOf('convener'), member, role));
		return { name, device, member };
	}

	join(name: string, building: string, device: SeededKey): RecordId {
		const invite = this.invite();
		const pop = device.sign(possessionMessage(this.grid, invite.id, device.key));
		const proof = invite.key.sign(invitationMessage(device.key));
		return this.actUnder(device, invite.id, (composer) =>
			joinCorner(composer, { key: device.key, pop }, proof, { name, building }, this.salt(name)),
		);
	}

	/** The grant of a role, of the given person or of the founder. */
	grantOf(role: GrantableRole, { member }: Person = this.founder): RecordId | undefined {
		return this.state.roster.grants.find((grant) => grant.member === member && grant.role === role)?.id;
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
