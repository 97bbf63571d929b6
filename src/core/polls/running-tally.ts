import type { RecordId } from '../kernel/ids.ts';
import { MEASURES, type Measure } from './counts.ts';
import { weightOf, type Electorate } from './electorate.ts';
import type { PaperChoice } from './records.ts';
import type { CountedBallot } from './tally.ts';

type Said = Pick<CountedBallot, 'choice' | 'picks' | 'voter' | 'holder'>;
interface UnitState {
	readonly ballots: ReadonlyMap<RecordId, Said>;
	/** Who named what, in ballots of the unit's own people, and in those of a proxy's holder. */
	readonly replaced: Readonly<Record<'own' | 'proxy', ReadonlySet<string>>>;
}
const NOTHING: UnitState = { ballots: new Map(), replaced: { own: new Set(), proxy: new Set() } };

export type RunningCounts = Readonly<Record<PaperChoice, number>>;

/**
 * Counts ballots as they arrive, one unit at a time, in any order. It is the second, independent computation beside
 * `tally`: screens use it while a poll is open, and the two must agree (POLL-10).
 */
export class RunningTally {
	readonly #electorate: Electorate;
	readonly #units = new Map<string, UnitState>();
	readonly #counts = new Map(MEASURES.map((measure) => [measure, { approve: 0, reject: 0, abstain: 0, spoiled: 0 }]));

	constructor(electorate: Electorate) {
		this.#electorate = electorate;
	}

	add(ballot: CountedBallot): void {
		const before = this.#units.get(ballot.unit) ?? NOTHING;
		if (before.ballots.has(ballot.id)) return;
		const side = ballot.holder === undefined ? 'own' : 'proxy';
		const replaces = ballot.replaces.map((id) => naming(ballot, id));
		const after = {
			ballots: new Map([...before.ballots, [ballot.id, ballot] as const]),
			replaced: { ...before.replaced, [side]: new Set([...before.replaced[side], ...replaces]) },
		};
		this.#units.set(ballot.unit, after);
		this.#move(ballot.unit, standing(before), standing(after));
	}

	counts(measure: Measure): RunningCounts {
		return { approve: 0, reject: 0, abstain: 0, spoiled: 0, ...this.#counts.get(measure) };
	}

	/** How many units have handed in a ballot. */
	get units(): number {
		return this.#units.size;
	}

	#move(name: string, from: PaperChoice | undefined, to: PaperChoice | undefined): void {
		const unit = this.#electorate.units.get(name);
		if (!unit) return;
		for (const [measure, counts] of this.#counts) {
			if (from) counts[from] -= weightOf(unit)[measure];
			if (to) counts[to] += weightOf(unit)[measure];
		}
	}
}

const naming = ({ voter }: Pick<Said, 'voter'>, id: RecordId) => `${voter}/${id}`;

function standing({ ballots, replaced }: UnitState): PaperChoice | undefined {
	if (ballots.size === 0) return undefined;
	const side = [...ballots.values()].some(({ holder }) => holder === undefined) ? 'own' : 'proxy';
	const heard = [...ballots].filter(([, { holder }]) => (holder === undefined) === (side === 'own'));
	const leaves = heard.filter(([id, said]) => !replaced[side].has(naming(said, id))).map(([, said]) => said);
	const first = leaves[0];
	const wants = ({ choice, picks }: Said) => [choice, ...picks].join();
	return first && leaves.every((said) => wants(said) === wants(first)) ? first.choice : 'spoiled';
}
