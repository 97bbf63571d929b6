import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { fromHex, type BlobHash, type DeviceKey, type GridId, type MemberId, type RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { Composer } from '#core/ledger/composer.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { parseRecord, sealRecord, signatureInput } from '#core/ledger/record.ts';
import { invitationMessage, possessionMessage } from '#core/ledger/signatures.ts';
import { admitFounder, admitNewcomer, foundGrid, grantRole, inviteMembers, joinCorner } from '#core/roster/acts.ts';
import { foldRoster } from '#core/roster/reducer.ts';
import { deviceKeyOf } from '../../server/relay/verify.ts';

const PKCS8 = fromHex('302e020100300506032b657004220420');

/** Somebody with one device, whose key follows from the name. */
export class RelayPerson {
	readonly name: string;
	readonly key: DeviceKey;
	readonly #secret: KeyObject;

	constructor(name: string) {
		this.name = name;
		const seed = createHash('sha256').update(name).digest();
		this.#secret = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
		this.key = deviceKeyOf(seed);
	}

	sign(message: Uint8Array): Uint8Array {
		return Uint8Array.from(sign(null, message, this.#secret));
	}

	get card() {
		return { name: this.name, building: '3 号楼' };
	}

	get salt(): Uint8Array {
		return Uint8Array.from(createHash('sha256').update(`salt ${this.name}`).digest().subarray(0, 16));
	}
}

export interface Act {
	readonly wires: readonly Uint8Array[];
	readonly blobs: readonly Uint8Array[];
	readonly ids: readonly RecordId[];
}

/** The ledger of a grid as its people's phones would hold it, all in one. */
export class RelayCorner {
	readonly ledger = new Ledger();
	readonly blobs = new Map<BlobHash, Uint8Array>();
	readonly founder: RelayPerson;
	readonly founding: Act;
	readonly grid: GridId;
	readonly #invitation = new RelayPerson('the invitation');
	readonly #members = new Map<RelayPerson, MemberId>();

	constructor(founder: RelayPerson) {
		this.founder = founder;
		const composer = new Composer(this.ledger, { key: founder.key, grid: null, auth: null }, 0);
		this.grid = foundGrid(composer, { name: '东风社区', kind: 'residential', nonce: founder.salt });
		const pop = founder.sign(possessionMessage(this.grid, this.grid, founder.key));
		this.#members.set(founder, admitFounder(composer, this.grid, pop, founder.card, founder.salt));
		this.founding = this.#seal(founder, composer);
	}

	/** Writes as somebody's device. */
	act(person: RelayPerson, write: (composer: Composer, as: RecordId | undefined) => void): Act {
		const roster = foldRoster(this.ledger);
		const auth = roster.devices.get(person.key)?.[0]?.add ?? null;
		const as = roster.grants.find(({ member }) => member === this.#members.get(person))?.id;
		const composer = new Composer(this.ledger, { key: person.key, grid: this.grid, auth }, 0);
		write(composer, as);
		return this.#seal(person, composer);
	}

	invite(max = 50): { readonly act: Act; readonly invite: RecordId } {
		const act = this.act(this.founder, (composer, as) => inviteMembers(composer, as, this.#invitation.key, max));
		return { act, invite: act.ids[0] as RecordId };
	}

	join(person: RelayPerson, invite: RecordId, proof = this.#invitation.sign(invitationMessage(person.key))): Act {
		const pop = person.sign(possessionMessage(this.grid, invite, person.key));
		const composer = new Composer(this.ledger, { key: person.key, grid: this.grid, auth: invite }, 0);
		joinCorner(composer, { key: person.key, pop }, proof, person.card, person.salt);
		return this.#seal(person, composer);
	}

	admit(person: RelayPerson): Act {
		const newcomer = foldRoster(this.ledger).newcomers.find(({ key }) => key === person.key);
		if (!newcomer) throw new Error(`${person.name} has not joined`);
		const pop = person.sign(possessionMessage(this.grid, newcomer.invite, person.key));
		return this.act(this.founder, (composer, as) => {
			this.#members.set(person, admitNewcomer(composer, as, newcomer, pop));
		});
	}

	grant(person: RelayPerson, role: 'teller' | 'observer' | 'secretary' | 'convener'): Act {
		const member = this.memberOf(person);
		return this.act(this.founder, (composer, as) => grantRole(composer, as, member, role));
	}

	memberOf(person: RelayPerson): MemberId {
		const member = this.#members.get(person);
		if (member === undefined) throw new Error(`${person.name} is no member`);
		return member;
	}

	/** A topic with nothing in it but its records. */
	topic(person: RelayPerson, title = '加装电梯'): Act {
		return this.act(person, (composer) => {
			const procedure = { id: 'five-step', version: '1', hash: blobHash(Uint8Array.of(0xf6)) };
			composer.add('topic.open', { title: composer.blob(titleBlob(title)), source: 'resident', procedure });
		});
	}

	#seal(person: RelayPerson, { payloads, blobs }: Composer): Act {
		const wires = payloads.map((payload) => sealRecord(payload, person.sign(signatureInput(payload))));
		const records = wires.map((wire) => {
			const parsed = parseRecord(wire);
			if (!parsed.ok) throw new Error(parsed.error);
			return parsed.value;
		});
		for (const record of records) this.ledger.add(record);
		for (const blob of blobs) this.blobs.set(blobHash(blob), blob);
		return { wires, blobs: [...blobs], ids: records.map(({ id }) => id) };
	}
}

/** CBOR of a short text. */
function titleBlob(title: string): Uint8Array {
	const text = new TextEncoder().encode(title);
	return Uint8Array.of(0x78, text.length, ...text);
}
