import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { cosign, enterPaper, giveProxy, sealStation } from '#core/polls/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { ruleProfile } from '#core/polls/profiles.ts';
import type { RollUnit } from '#core/polls/roll.ts';
import type { Poll } from '#core/polls/state.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { must } from '../../support/must.ts';
import type { Chronicle } from './chronicle.ts';
import { closeOwnersVote } from './close-owners-vote.ts';
import type { Voted } from './voted-chronicle.ts';

/** Votes of owners by flats and area, in the states that a screen can show. */
export interface OwnerStates {
	/** Open: papers, a proxy for the member, three stations: the teller's own, a sealed one, one to countersign. */
	readonly voting: Voted;
	/** Closed without a sealed ballot, and without what a guest casts before. */
	readonly defective: Voted;
	/** Closed like that and then anew with everything, and certified. One ballot came after. */
	readonly corrected: Voted;
}
/** Who looks at the screens. */
interface Guests {
	readonly teller: MemberId;
	readonly member: MemberId;
}

export class OwnersChronicle {
	readonly #chronicle: Chronicle;
	readonly #guests: Guests;
	readonly states: OwnerStates;
	/** One ballot of each vote that is sealed, and then left out. */
	readonly #sealed: { readonly defective: RecordId; readonly corrected: RecordId };

	constructor(chronicle: Chronicle, guests: Guests) {
		this.#chronicle = chronicle;
		this.#guests = guests;
		this.states = {
			voting: this.#voteOpenly(),
			defective: this.#open('地面停车改为按月收费', [this.#witness]),
			corrected: this.#open('公共门厅重新粉刷', [this.#witness]),
		};
		this.#sealed = {
			defective: this.#voteAndSeal(this.states.defective),
			corrected: this.#voteAndSeal(this.states.corrected),
		};
	}

	/** Once a relay holds the ballots, and those of guests of which the closer knows nothing. */
	close(): void {
		this.#closeWithout(this.#sealed.defective, this.states.defective);
		const { corrected } = this.states;
		const closing = this.#closeWithout(this.#sealed.corrected, corrected);
		this.#chronicle.certify(closeOwnersVote(this.#chronicle.corner, this.#poll(corrected), { supersedes: closing }));
		this.#cast(corrected.poll, must(this.#chronicle.people.voters.at(-1)));
	}

	#closeWithout(omitted: RecordId, voted: Voted): RecordId {
		return closeOwnersVote(this.#chronicle.corner, this.#poll(voted), { omitted: [omitted] });
	}

	#poll({ poll }: Voted): Poll {
		return must(this.#chronicle.corner.state.polls.get(poll));
	}

	get #witness(): Person {
		return must(this.#chronicle.people.voters[0]);
	}

	#voteOpenly(): Voted {
		const { people, corner } = this.#chronicle;
		const waiting = must(people.voters[2]);
		const voted = this.#open('外墙保温改造使用维修资金', [this.#witness, waiting], [this.#guests.teller]);
		const { poll } = voted;
		this.#voteAndSeal(voted);
		this.#seal(poll, waiting, [this.#cast(poll, waiting)]);
		const giver = must(people.voters[1]);
		corner.act(giver, (composer) => giveProxy(composer, this.#guests.member, { poll }));
		this.#enterPapers(voted);
		return voted;
	}

	/** The first is entered twice, the second waits for another teller. */
	#enterPapers(voted: Voted): void {
		const [{ people, corner }, { poll }] = [this.#chronicle, voted];
		const roll = must(this.#poll(voted).roll);
		const [first, second] = roll.filter(({ members }) => !this.#hasPhone(must(members[0]))).concat(roll.slice(-1));
		const enter = ({ unit, members }: RollUnit, serial: string) =>
			corner.act(people.tellerOne, (composer) =>
				enterPaper(composer, poll, { voter: must(members[0]), unit, choice: 'approve', serial, replaces: [] }),
			);
		const paper = enter(must(first), '0001');
		corner.act(people.tellerTwo, (composer) => cosign(composer, undefined, paper, 'paper', poll));
		enter(must(second), '0002');
	}

	#open(title: string, witnesses: readonly Person[], others: readonly MemberId[] = []): Voted {
		const stations = [...witnesses.map(({ member }) => member), ...others];
		const plan = { profile: must(ruleProfile('R5')), question: `是否同意${title}？`, voters: this.#roll, stations };
		return this.#chronicle.open(this.#chronicle.freeze(title), plan);
	}

	/** A flat each, and two for the guest who is a member. */
	get #roll(): readonly RollUnit[] {
		const members = [...this.#chronicle.corner.roster.members.keys()];
		return members.map((member, index) => {
			const flat = `${1 + Math.floor(index / 6)}-${101 + (index % 6)}`;
			const hasTwo = member === this.#guests.member;
			return { unit: hasTwo ? `${flat}、9-901` : flat, heads: 1, area: hasTwo ? 17_700 : 8_850, members: [member] };
		});
	}

	/** Nearly all of those told of vote; what the first ones cast is sealed. Answers the first of these. */
	#voteAndSeal({ poll }: Voted): RecordId {
		const { convener, tellerOne, tellerTwo, voters } = this.#chronicle.people;
		const sealed = [convener, tellerOne, tellerTwo, this.#witness].map((person) => this.#cast(poll, person));
		for (const person of voters.slice(3, 6)) this.#cast(poll, person);
		this.#countersign(poll, this.#seal(poll, this.#witness, sealed));
		return must(sealed[0]);
	}

	#cast(poll: Voted['poll'], person: Person): RecordId {
		return this.#chronicle.corner.act(person, (composer) => castBallot(composer, poll, 'approve', []));
	}

	#seal(poll: Voted['poll'], witness: Person, ids: readonly RecordId[]): RecordId {
		return this.#chronicle.corner.act(witness, (composer) => sealStation(composer, poll, witness.member, ids));
	}

	#countersign(poll: Voted['poll'], seal: RecordId): void {
		const { corner, people } = this.#chronicle;
		corner.act(people.tellerTwo, (composer) => cosign(composer, undefined, seal, 'seal', poll));
	}

	#hasPhone(member: MemberId): boolean {
		return [...this.#chronicle.corner.roster.devices.values()].flat().some((device) => device.member === member);
	}
}
