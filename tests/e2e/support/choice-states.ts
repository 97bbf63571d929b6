import type { RecordId } from '#core/kernel/ids.ts';
import { addPlace } from '#core/places/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { HOUSEHOLDS_CHOOSE } from '#core/polls/profiles.ts';
import type { PollForm } from '#core/polls/records.ts';
import type { RollUnit } from '#core/polls/roll.ts';
import { must } from '../../support/must.ts';
import type { Chronicle } from './chronicle.ts';
import type { Voted } from './voted-chronicle.ts';

type Form = Exclude<PollForm, 'motion'>;
/** The indexes of the options that each voter picks. */
type Ballots = readonly (readonly number[])[];

/** Choices of the households, in the states that a screen can show. */
export interface ChoiceStates {
	/** Open; somebody of each guest's household has voted. */
	readonly picking: Voted;
	readonly approving: Voted;
	readonly ranking: Voted;
	readonly tied: Voted;
	/** Chosen in the second of two rounds of ranked ballots. */
	readonly ranked: Voted;
	/** Open; everybody told of has picked the first option, and a guest may pick another. */
	readonly differing: Voted;
	/** Whether what was chosen stays after the trial: being asked, and answered. */
	readonly keeping: Voted;
	readonly kept: Voted;
}

const OPTIONS = ['停车秩序维护', '公共区域卫生保洁', '楼道照明维修'];

export function tellChoices(teller: Chronicle): ChoiceStates {
	const homes = pairedHomes(teller);
	const open = (title: string, form: Form, ballots: Ballots): Voted => openChoice(teller, homes, title, form, ballots);
	const settled = (voted: Voted): Voted => {
		teller.certify(teller.close(voted.poll));
		return voted;
	};
	const kept = askToKeep(teller, homes, settled(open('东院物业点单', 'single', [[0], [0], [0], [0], [0]])));
	teller.cast(kept.poll, ['approve', 'approve', 'reject', 'approve']);
	return {
		picking: open('物业服务自主点单', 'single', [[0], [1], [0], [1], [0], [1], [0]]),
		approving: open('院子里先修哪几样', 'approval', [[0, 1]]),
		ranking: open('先体验哪一项服务', 'ranked', [[0, 1]]),
		tied: settled(open('北院物业点单', 'single', [[0], [0], [1], [1]])),
		ranked: settled(open('南院物业点单', 'ranked', [[0, 2], [0], [1, 0], [1], [2, 1]])),
		differing: open('西院物业点单', 'single', [[0], [0], [0], [0], [0], [0], [0], [0], [0], [0]]),
		keeping: askToKeep(teller, homes, settled(open('中院物业点单', 'approval', [[0, 1], [0], [0], [0], [0]]))),
		kept: settled(kept),
	};
}

/** Two members each: those told of from the beginning with those who came later, the guests among them. */
function pairedHomes(teller: Chronicle): readonly RollUnit[] {
	const members = [...teller.corner.roster.members.keys()];
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
	teller: Chronicle,
	voters: readonly RollUnit[],
	title: string,
	form: Form,
	ballots: Ballots,
): Voted {
	const voted = teller.open(teller.freeze(title), {
		...{ question: `${title}，选哪一项？`, profile: HOUSEHOLDS_CHOOSE, voters, choice: { form, options: OPTIONS } },
	});
	ballots.forEach((picks, index) =>
		teller.corner.act(must(teller.voters[index]), (composer) =>
			castBallot(composer, voted.poll, { choice: 'approve', picks }, []),
		),
	);
	return voted;
}

/** After a trial, whether to keep what was chosen. */
function askToKeep(teller: Chronicle, voters: readonly RollUnit[], { topic, poll }: Voted): Voted {
	const text = must(must(teller.corner.state.topics.get(topic)).texts[0]).id;
	const question = `体验之后，要不要留下“${OPTIONS[0]}”？`;
	const follows = { poll, as: 'keep' } as const;
	return teller.open({ topic, text }, { question, profile: HOUSEHOLDS_CHOOSE, voters, follows });
}
