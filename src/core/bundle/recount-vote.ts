import { groupBy } from '../kernel/group.ts';
import type { MemberId, PollId } from '../kernel/ids.ts';
import { auditClosing, type Audit } from '../polls/audit.ts';
import type { BallotFault } from '../polls/ballot-box.ts';
import { checkNumbers } from '../polls/double-count.ts';
import type { Counts } from '../polls/counts.ts';
import { leadingTo } from '../polls/following.ts';
import type { Closing, Poll } from '../polls/state.ts';
import type { PublicVote } from '../publication/document.ts';
import type { Standing } from '../validity/standing.ts';
import type { Fault, Recounted } from './fault.ts';

export type VoteFault = 'not-certified' | 'contested' | 'recount-differs' | 'closing-defect' | 'counts-disagree';

/** A vote as it is counted again from its ballots. */
export interface RecountedVote extends PublicVote {
	/** The votes that led to it, counted again too. */
	readonly before: readonly RecountedVote[];
	/** What the closing says. */
	readonly declared: Counts;
	readonly certifiers: readonly MemberId[];
	/** How many records of the vote have no weight, by reason. */
	readonly faulty: ReadonlyMap<BallotFault, number>;
	/** Valid ballots that the closing does not list. */
	readonly late: number;
	/** Voters whose ballots contradict each other. */
	readonly conflicts: number;
	/** Whether the outcome would be another one if late and absent ballots counted. */
	readonly material: boolean;
	/** Certified, and would not be any more under all endings of rights. */
	readonly disputed: boolean;
}

/** BUNDLE-13: so is every vote that led to it, the first one first. */
export function recountVotes(
	standing: Standing,
	polls: ReadonlyMap<PollId, Poll>,
	poll: Poll,
	closing: Closing,
): Recounted<RecountedVote, VoteFault> {
	const last = recountVote(standing, poll, closing);
	const before = leadingTo(polls, poll).map((one) => recountEarlier(standing, one));
	const decided = { ...last.decided, before: before.flatMap((one) => one.decided ?? []) };
	return { decided, faults: together([...before, last].flatMap(({ faults }) => faults)), revs: last.revs };
}

/** What led on must have been certified, and by one closing alone. */
function recountEarlier(standing: Standing, poll: Poll): Recounted<RecountedVote | undefined, VoteFault> {
	if (poll.standing) return recountVote(standing, poll, poll.standing);
	const code = poll.status === 'contested' ? 'contested' : 'not-certified';
	return { decided: undefined, faults: [{ code, names: [poll.id] }], revs: [] };
}

/** Every fault once, with all that it was found in. */
function together(faults: readonly Fault<VoteFault>[]): readonly Fault<VoteFault>[] {
	const byCode = [...groupBy(faults, ({ code }) => code)];
	return byCode.map(([code, same]) => ({ code, names: [...new Set(same.flatMap(({ names }) => names))] }));
}

/** BUNDLE-4: certified, nobody contests it, and it says what its ballots say. */
function recountVote(standing: Standing, poll: Poll, closing: Closing): Recounted<RecountedVote, VoteFault> {
	const audit = auditClosing(standing, poll, closing);
	const wrong: Readonly<Record<VoteFault, boolean>> = {
		'not-certified': !audit.certified,
		contested: poll.status === 'contested',
		'recount-differs': audit.recount !== 'agrees',
		'closing-defect': audit.defects.length > 0,
		'counts-disagree': checkNumbers(standing, poll, closing) === 'broken',
	};
	const codes = (Object.keys(wrong) as VoteFault[]).filter((code) => wrong[code]);
	const namesOf = (code: VoteFault) => (code === 'closing-defect' ? audit.defects : [closing.id]);
	const faults = codes.map((code): Fault<VoteFault> => ({ code, names: namesOf(code) }));
	return { decided: described(poll, closing, audit), faults, revs: closing.revs };
}

function described(poll: Poll, closing: Closing, audit: Audit): RecountedVote {
	const { question, form, options, unit, rule, presentOnly } = poll;
	const { declared, certifiers, disputed } = closing;
	const { tally, decision, material, late } = audit;
	const byReason = groupBy(audit.faulty, ({ fault }) => fault);
	return {
		...{ by: 'vote', question, form, options, unit, rule, presentOnly, counts: tally.counts, decision },
		...{ before: [], asksToKeep: poll.follows?.as === 'keep' },
		...{ declared, certifiers, disputed, material, late: late.length, conflicts: tally.conflicts.length },
		faulty: new Map([...byReason].map(([fault, records]) => [fault, records.length])),
	};
}
