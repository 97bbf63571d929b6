import type { MemberId, RecordId } from '../kernel/ids.ts';
import type { Choice } from './records.ts';
import type { CountedBallot } from './tally.ts';

interface VoterState {
	readonly ballots: ReadonlyMap<RecordId, Choice>;
	readonly replaced: ReadonlySet<RecordId>;
}

export type RunningCounts = Readonly<Record<Choice | 'spoiled', number>>;

/**
 * Counts device ballots as they arrive, one voter at a time, in any order. It is the second, independent computation
 * beside `tally`: screens use it while a poll is open, and the two must agree (POLL-10).
 */
export class RunningTally {
	readonly #voters = new Map<MemberId, VoterState>();
	readonly #counts = { approve: 0, reject: 0, abstain: 0, spoiled: 0 };

	add(ballot: CountedBallot): void {
		const before = this.#voters.get(ballot.voter) ?? { ballots: new Map(), replaced: new Set() };
		if (before.ballots.has(ballot.id)) return;
		const after = {
			ballots: new Map([...before.ballots, [ballot.id, ballot.choice] as const]),
			replaced: new Set([...before.replaced, ...ballot.replaces]),
		};
		this.#voters.set(ballot.voter, after);
		this.#move(standing(before), standing(after));
	}

	get counts(): RunningCounts {
		return { ...this.#counts };
	}

	/** How many voters have handed in a ballot. */
	get voters(): number {
		return this.#voters.size;
	}

	#move(from: keyof RunningCounts | undefined, to: keyof RunningCounts | undefined): void {
		if (from) this.#counts[from]--;
		if (to) this.#counts[to]++;
	}
}

function standing({ ballots, replaced }: VoterState): keyof RunningCounts | undefined {
	if (ballots.size === 0) return undefined;
	const leaves = [...ballots].filter(([id]) => !replaced.has(id)).map(([, choice]) => choice);
	const first = leaves[0];
	return first && leaves.every((choice) => choice === first) ? first : 'spoiled';
}
