import type { BlobHash, GridId, MemberId, RecordId } from '#core/kernel/ids.ts';
import { encodeTextBlob } from '#core/ledger/blobs.ts';
import type { Composer } from '#core/ledger/composer.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import { grantRole } from '#core/roster/acts.ts';
import type { GrantableRole } from '#core/roster/roles.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import { StoryCorner, type Invitation } from '../../server/cli/scenario/people.ts';
import { SeededKey } from '../../server/cli/scenario/seeded-key.ts';
import { must } from './must.ts';

const SEED = 'relay';
const BUILDING = '3号楼';

/** Somebody with one device, whose key follows from the name. */
export class RelayPerson extends SeededKey {
	readonly name: string;

	constructor(name: string) {
		super(`${SEED}/${name}`);
		this.name = name;
	}
}

/** What one act of a device is to a relay. */
export interface Act {
	readonly wires: readonly Uint8Array[];
	readonly blobs: readonly Uint8Array[];
	readonly ids: readonly RecordId[];
}

/** A corner that hands out each act by itself, so that a test decides when which of them reaches the relay. */
export class RelayCorner {
	readonly story: StoryCorner;
	readonly founder: RelayPerson;
	readonly founding: Act;

	constructor(founder: RelayPerson) {
		this.founder = founder;
		this.story = new StoryCorner('东风社区', founder.name, SEED);
		this.founding = this.#since(0, new Set());
	}

	get grid(): GridId {
		return this.story.grid;
	}

	get ledger(): Ledger {
		return this.story.ledger;
	}

	/** Writes as somebody's device, under the first role it was granted. */
	act(device: RelayPerson, write: (composer: Composer, as: RecordId | undefined) => void): Act {
		const member = this.memberOf(device);
		const as = this.story.roster.grants.find((grant) => grant.member === member)?.id;
		return this.#told(() => this.story.act({ device }, (composer) => write(composer, as)));
	}

	invite(max?: number): { readonly act: Act; readonly invite: Invitation } {
		const told: Invitation[] = [];
		const act = this.#told(() => told.push(this.story.invite(max)));
		return { act, invite: must(told[0]) };
	}

	join(person: RelayPerson, invite: Invitation, proof?: Uint8Array): Act {
		return this.#told(() => this.story.join(person.name, BUILDING, person, invite, proof));
	}

	admit(person: RelayPerson): Act {
		return this.#told(() => this.story.admit(person));
	}

	grant(person: RelayPerson, role: GrantableRole): Act {
		const member = this.memberOf(person);
		return this.act(this.founder, (composer, as) => grantRole(composer, as, member, role));
	}

	memberOf({ key, name }: RelayPerson): MemberId {
		return must(deviceOf(this.story.roster, key), name).member;
	}

	/** A topic with nothing in it but its record and its title. */
	topic(person: RelayPerson, title = '加装电梯'): Act {
		return this.act(person, (composer) => {
			const procedure = { id: 'five-step', version: '1', hash: 'f6'.repeat(32) as BlobHash };
			composer.add('topic.open', { title: composer.blob(encodeTextBlob(title)), source: 'resident', procedure });
		});
	}

	#told(tell: () => unknown): Act {
		const known = new Set(this.story.blobs.keys());
		const { size } = this.ledger;
		tell();
		return this.#since(size, known);
	}

	#since(size: number, known: ReadonlySet<BlobHash>): Act {
		const records = this.story.records.slice(size);
		const blobs = [...this.story.blobs].filter(([hash]) => !known.has(hash)).map(([, bytes]) => bytes);
		return { wires: records.map(({ wire }) => wire), blobs, ids: records.map(({ id }) => id) };
	}
}
