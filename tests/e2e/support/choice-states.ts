import type { RecordId } from '#core/kernel/ids.ts';
import { addPlace } from '#core/places/acts.ts';
import { cosign, openPoll } from '#core/polls/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { HOUSEHOLDS_CHOOSE } from '#core/polls/profiles.ts';
import type { PollForm } from '#core/polls/records.ts';
import type { RollUnit } from '#core/polls/roll.ts';
import type { ElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { must } from '../../support/must.ts';
import type { Chronicle, Voted } from './chronicle.ts';

type Form = Exclude<PollForm, 'motion'>;
type Told = Pick<ElderDayCare, 'corner' | 'people'>;

/** Choices of the households, in the states that a screen can show. */
export interface ChoiceStates {
	/** Open; somebody of each guest's household has voted. */
	readonly picking: Voted;
	readonly approving: Voted;
	readonly ranking: Voted;
	readonly tied: Voted;
	/** Chosen in the second of two rounds of ranked ballots. */
	readonly ranked: Voted;
}

const OPTIONS = ['停车秩序维护', '公共区域卫生保洁', '楼道照明维修'];

export function tellChoices(story: Told, teller: Chronicle): ChoiceStates {
	const homes = pairedHomes(story, teller);
	const open = (title: string, form: Form, ballots: readonly (readonly number[])[]): Voted =>
		openChoice(story, teller, homes, title, form, ballots);
	const settled = (voted: Voted): Voted => {
		const closing = teller.close(voted.poll);
		const { tellerOne, tellerTwo } = story.people;
		for (const one of [tellerOne, tellerTwo])
			story.corner.act(one, (composer) => cosign(composer, undefined, closing, 'certify'));
		return voted;
	};
	return {
		picking: open('物业服务自主点单', 'single', [[0], [1], [0], [1], [0], [1], [0]]),
		approving: open('院子里先修哪几样', 'approval', [[0, 1]]),
		ranking: open('先体验哪一项服务', 'ranked', [[0, 1]]),
		tied: settled(open('北院物业点单', 'single', [[0], [0], [1], [1]])),
		ranked: settled(open('南院物业点单', 'ranked', [[0, 2], [0], [1, 0], [1], [2, 1]])),
	};
}

/** Two members each: those told of from the beginning with those who came later, the guests among them. */
function pairedHomes({ corner }: Told, teller: Chronicle): readonly RollUnit[] {
	const members = [...corner.roster.members.keys()];
	const half = Math.ceil(members.length / 2);
	const building = teller.asConvener((composer, as) => addPlace(composer, as, { kind: 'building', name: '6号楼' }));
	return members.slice(0, half).map((member, index) => {
		const name = `${Math.floor(index / 4) + 1}0${(index % 4) + 1}`;
		const plan = { kind: 'household' as const, name, parent: building };
		const unit: RecordId = teller.asConvener((composer, as) => addPlace(composer, as, plan));
		return { unit, heads: 1, area: 0, members: [member, ...members.slice(half + index, half + index + 1)] };
	});
}

function openChoice(
	{ corner, people }: Told,
	teller: Chronicle,
	voters: readonly RollUnit[],
	title: string,
	form: Form,
	ballots: readonly (readonly number[])[],
): Voted {
	const { topic, text } = teller.freeze(title);
	const { grants, devices } = corner.state.roster;
	const poll = teller.asConvener((composer, as) =>
		openPoll(composer, as, {
			...{ topic, text, question: `${title}，选哪一项？`, profile: HOUSEHOLDS_CHOOSE, voters, q: 2 },
			tellers: grants.filter(({ role }) => role === 'teller').map(({ member }) => member),
			devices: [...devices.keys()],
			choice: { form, options: OPTIONS },
		}),
	);
	const everybody = [people.convener, people.tellerOne, people.tellerTwo, ...people.voters];
	ballots.forEach((picks, index) =>
		corner.act(must(everybody[index]), (composer) => castBallot(composer, poll, { choice: 'approve', picks }, [])),
	);
	return { topic, poll };
}
