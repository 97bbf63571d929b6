import { expect, test } from 'vitest';
import { encodeCbor } from '#core/kernel/cbor.ts';
import { fromHex, type MemberId } from '#core/kernel/ids.ts';
import type { Counts } from '#core/polls/counts.ts';
import { decide } from '#core/polls/decision.ts';
import { electorateOf } from '#core/polls/electorate.ts';
import { countGroups, decodeGroups, encodeGroups } from '#core/polls/groups.ts';
import { ruleProfile } from '#core/polls/profiles.ts';
import { memberRoll } from '#core/polls/roll.ts';
import type { CountedBallot } from '#core/polls/tally.ts';
import { Council } from '../../support/council.ts';
import { memberCounts } from '../../support/member-counts.ts';
import { must } from '../../support/must.ts';

interface Meeting {
	readonly roll?: number;
	readonly present?: number;
	readonly approve?: number;
	readonly representatives?: number;
	readonly women?: number;
	readonly womenPresent?: number;
}

/** RULES B.8: thirty members, twenty of whom came; by far the most are representatives, a third of those women. */
function meeting({ roll = 30, present = 20, approve = 11, ...more }: Meeting): Counts {
	const { representatives = 25, women = 10, womenPresent = 7 } = more;
	return {
		...memberCounts({ eligible: roll, present, approve, reject: present - approve }),
		groups: [
			['representatives', representatives, present],
			['women-representatives', women, womenPresent],
		],
	};
}
const outcome = (id: 'R3' | 'R3-SD', told: Meeting) => decide(must(ruleProfile(id)).rule, meeting(told)).outcome;

test.each<['R3' | 'R3-SD', string, Meeting, string]>([
	['R3', '10 of 20 for', { approve: 10 }, 'not-passed'],
	['R3', '11 of 20 for', {}, 'passed'],
	['R3', 'one too few came', { present: 19 }, 'not-quorate'],
	['R3', 'exactly four fifths are representatives', { representatives: 24, women: 8 }, 'passed'],
	['R3', 'fewer than four fifths are', { representatives: 23, women: 8 }, 'not-quorate'],
	['R3', 'exactly a third of them women', { representatives: 27, women: 9 }, 'passed'],
	['R3', 'fewer than a third', { representatives: 27, women: 8 }, 'not-quorate'],
	['R3', 'no women came, which the law of the land does not ask', { womenPresent: 0 }, 'passed'],
	['R3', 'no representatives', { representatives: 0, women: 0 }, 'no-result'],
	['R3-SD', '6 of 10 women representatives came', { womenPresent: 6 }, 'not-quorate'],
	['R3-SD', '7 of 10 women representatives came', { womenPresent: 7 }, 'passed'],
	['R3-SD', '10 of 20 for', { approve: 10 }, 'not-passed'],
])('[RULE-5] %s: %s', (id, _case, told, expected) => {
	expect(outcome(id, told)).toBe(expected);
});

test('[RULE-5] a group that nobody declared is empty, and empty is no result', () => {
	const { rule } = must(ruleProfile('R3'));
	const counts = memberCounts({ eligible: 30, present: 20, approve: 20 });
	expect(decide(rule, counts).outcome).toBe('no-result');
	expect(decide(rule, { ...counts, groups: [] }).outcome).toBe('no-result');
});

test('[RULE-5] the working shows how large the group is and how large it would have to be', () => {
	const { groups } = decide(must(ruleProfile('R3-SD')).rule, meeting({ womenPresent: 6 }));
	expect(
		groups.map(({ numerator, denominator, needed, reached }) => [numerator, denominator, needed, reached]),
	).toEqual([
		[25, 30, 24, true],
		[10, 25, 9, true],
		[6, 10, 7, false],
	]);
});

const member = (index: number) => index.toString(16).padStart(64, '0') as MemberId;
const PEOPLE = Array.from({ length: 6 }, (_, index) => member(index));

test('[RULE-5] of a group those on the roll count, and of these who came, or else who voted', () => {
	const roll = memberRoll(PEOPLE.slice(0, 4));
	const groups = [{ name: 'representatives', members: PEOPLE.slice(2) }];
	const room = electorateOf({ roll, presentOnly: true }, PEOPLE.slice(0, 3));
	expect(countGroups(groups, room, [], [])).toEqual([['representatives', 2, 1]]);
	const open = electorateOf({ roll, presentOnly: false });
	const ballots = [{ voter: member(3) } as CountedBallot];
	const hands = { id: member(9), voters: [member(2)], counts: { approve: 1, reject: 0, abstain: 0, spoiled: 0 } };
	expect(countGroups(groups, open, ballots, [])).toEqual([['representatives', 2, 1]]);
	expect(countGroups(groups, open, ballots, [hands])).toEqual([['representatives', 2, 2]]);
});

test('[RULE-5] who is named twice in a group does not make it larger', () => {
	const twice = [{ name: 'representatives', members: [member(1), member(1), member(2)] }];
	expect(decodeGroups(encodeGroups(twice))).toEqual([{ name: 'representatives', members: [member(1), member(2)] }]);
	const forged = (groups: readonly (readonly [string, readonly MemberId[]])[]) =>
		decodeGroups(encodeCbor(groups.map(([name, members]) => [name, members.map(fromHex)])));
	expect(forged([['women', [member(1), member(1)]]])).toBeUndefined();
	expect(
		forged([
			['women', [member(1)]],
			['women', [member(2)]],
		]),
	).toBeUndefined();
	expect(forged([['women', [member(1)]]])).toHaveLength(1);
	expect(decodeGroups(undefined)).toBeUndefined();
});

test('[RULE-5] a closing declares the groups and is recounted with them; without their list that is a defect', () => {
	const council = new Council('groups');
	const topic = council.topic();
	const present = council.everybody.map((person) => person.member);
	const { attendance } = council.meeting(topic, present);
	const groups = [
		{ name: 'representatives', members: present },
		{ name: 'women-representatives', members: [council.chen.member, council.zhao.member] },
	];
	const poll = council.poll(topic, 'R3-SD', present, undefined, { groups });
	for (const person of council.everybody) council.vote(person, poll, 'approve');
	const close = council.close(poll, { attendance });
	expect(council.closing(poll, close).declared.groups).toEqual([
		['representatives', 6, 6],
		['women-representatives', 2, 2],
	]);
	expect(council.closing(poll, close).decision.outcome).toBe('passed');
	expect(council.audit(poll, close)).toMatchObject({ recount: 'agrees', defects: [] });
	const counts = council.closing(poll, close).declared;
	const padded = [['representatives', 6, 6] as const, ['women-representatives', 3, 3] as const];
	const wrong = council.close(poll, { attendance, declared: { ...counts, groups: padded }, supersedes: close });
	expect(council.audit(poll, wrong).defects).toEqual(['declared-counts-differ']);
	council.corner.blobs.delete(must(must(council.corner.ledger.find(poll, 'poll.open')).body.groups));
	expect(council.audit(poll, close).defects).toContain('blob-missing');
});
