import type { Counts } from './counts.ts';
import type { BallotBox } from './ballot-box.ts';
import { weightOf, type Electorate } from './electorate.ts';
import { countGroups } from './groups.ts';
import { countRounds, type Picks } from './rounds.ts';
import type { Poll } from './state.ts';
import { tally, type Tally } from './tally.ts';

/** What a closing declares of a box: the seven counts, and with them the rounds of a choice and the rule's groups. */
export function countBox(poll: Poll, electorate: Electorate, box: Pick<BallotBox, 'ballots' | 'hands'>): Tally {
	const counted = tally(electorate, box.ballots, box.hands);
	const groups = poll.groups && countGroups(poll.groups, electorate, box.ballots, box.hands);
	const rounds = poll.form === 'motion' ? undefined : roundsOf(poll, electorate, counted);
	const counts: Counts = {
		...counted.counts,
		...(rounds ? { rounds } : {}),
		...(groups && groups.length > 0 ? { groups } : {}),
	};
	return { ...counted, counts };
}

function roundsOf({ form, options, rule }: Poll, { units }: Electorate, { verdicts }: Tally): number[][] {
	const cast = [...verdicts].flatMap(([name, { choice, picks }]): Picks[] => {
		const unit = units.get(name);
		return unit && choice === 'approve' ? [{ picks, weight: weightOf(unit) }] : [];
	});
	return countRounds(form, options.length, cast, rule.pass[0]?.[0] ?? 'units');
}
