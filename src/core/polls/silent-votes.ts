import { MEASURES, type Counts, type Measure, type SevenCounts } from './counts.ts';
import { measuresOf, type DecisionRule } from './rule.ts';

/**
 * RULE-6, RULES B.2: who said nothing is counted with the strict majority of those who did. The majority must be the
 * same by every measure that the rule weighs by; on a tie nobody follows.
 */
export function followMajority(rule: DecisionRule, counts: Counts): Counts {
	const majority = majorityOf(measuresOf(rule).map((measure) => counts[measure]));
	if (majority === undefined || rule.silent === 'none' || counts.rounds) return counts;
	const follow = rule.silent === 'all-silent-follow-majority' ? allFollow : returnedFollow;
	const moved = MEASURES.map((measure) => [measure, follow(counts[measure], majority)]);
	return { ...counts, ...(Object.fromEntries(moved) as Record<Measure, SevenCounts>) };
}

type Side = 'approve' | 'reject';

function majorityOf(weighed: readonly SevenCounts[]): Side | undefined {
	const ahead = (side: Side, other: Side) => weighed.every((counts) => counts[side] > counts[other]);
	if (weighed.length === 0) return undefined;
	if (ahead('approve', 'reject')) return 'approve';
	return ahead('reject', 'approve') ? 'reject' : undefined;
}

function returnedFollow(counts: SevenCounts, side: Side): SevenCounts {
	return { ...counts, [side]: counts[side] + counts.abstain, abstain: 0 };
}

/** Who did not take part is taken to have taken part; in the room everybody already has. */
function allFollow(counts: SevenCounts, side: Side): SevenCounts {
	const { approve, reject, abstain, spoiled, notVoted } = counts;
	const present = approve + reject + abstain + spoiled + notVoted;
	return { ...counts, [side]: counts[side] + abstain + notVoted, abstain: 0, notVoted: 0, present };
}
