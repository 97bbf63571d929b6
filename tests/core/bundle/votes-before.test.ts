import { beforeEach, expect, test } from 'vitest';
import { factsOf } from '#core/bundle/facts.ts';
import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import type { ClosingPlan, PollPlan } from '#core/polls/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { publishableParts } from '#core/publication/rules.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, publicationOf, publish } from '../../support/outcome.ts';
import { fileOf, reasonsAgainst, verdictOn } from '../../support/outcome-file.ts';

const OPTIONS = ['甲公司', '乙公司', '丙公司'];

let council: Council;
let topic: TopicId;
let text: RecordId;
beforeEach(() => {
	council = new Council('votes before');
	topic = council.topic();
	text = council.freeze(topic);
});

const open = (more: Partial<PollPlan>): PollId => council.poll(topic, 'R12-all', undefined, text, more);
const among = (options: readonly string[]) => ({ choice: { form: 'single' as const, options } });

/** Everybody in turn picks one of these. */
function pick(poll: PollId, picks: readonly number[]): void {
	council.everybody.forEach((person, index) => {
		const wish = { choice: 'approve' as const, picks: [must(picks[index % picks.length])] };
		council.corner.act(person, (composer) => castBallot(composer, poll, wish, []));
	});
}

function certified(poll: PollId, plan: Partial<ClosingPlan> = {}): RecordId {
	const close = council.close(poll, plan);
	council.certify(close, council.li, council.chen);
	return close;
}

/** A tie, a second round, and whether to keep what it chose. `tie`: how the first vote is closed. */
function story(tie: Partial<ClosingPlan> = {}, kept: 'approve' | 'reject' = 'approve') {
	const tied = open(among(OPTIONS));
	pick(tied, [0, 1]);
	certified(tied, tie);
	const chosen = open({ ...among(OPTIONS.slice(0, 2)), follows: { poll: tied, as: 'run-off' } });
	pick(chosen, [0]);
	const choice = certified(chosen);
	const keep = open({ follows: { poll: chosen, as: 'keep' } });
	for (const person of council.everybody) council.vote(person, keep, kept);
	certified(keep);
	agreedMinutes(council, topic);
	return { tied, chosen, choice, keep };
}

function published(): RecordId {
	const outcome = publish(council, must(publishableParts(council.corner.state, council.topicState(topic))));
	council.cosign(council.li, outcome, 'approve');
	return outcome;
}

test('[BUNDLE-13] every vote that an outcome rests on is counted again', async () => {
	const { tied, chosen, keep } = story();
	const file = fileOf(council.corner, published());
	const scopes = new Set(file.records.map(({ scope }) => scope));
	expect([tied, chosen, keep].every((poll) => scopes.has(poll))).toBe(true);
	const verdict = await verdictOn(file);
	if (verdict.verdict === 'unreadable') throw new Error(verdict.code);
	expect(verdict.reasons).toEqual([]);
	expect(verdict.report?.decided).toMatchObject({
		decision: { outcome: 'passed' },
		before: [{ decision: { outcome: 'tied' } }, { decision: { outcome: 'passed' } }],
	});
	const codes = factsOf(verdict).map(({ code }) => code);
	expect(codes.filter((code) => code === 'before')).toHaveLength(2);
	expect(codes).toContain('outcome-tied');
});

test('[BUNDLE-13] a miscount of the first of them is found, and so is a ballot taken out of it', async () => {
	const { tied } = story();
	const file = fileOf(council.corner, published());
	const ballot = must(file.records.find(({ type, scope }) => type === 'ballot' && scope === tied));
	const less = { ...file, records: file.records.filter((record) => record !== ballot) };
	expect(await reasonsAgainst(less)).toEqual(['recount-differs', 'closing-defect']);
});

test('[BUNDLE-13] declared otherwise than it was cast, a vote before spoils the outcome after it', async () => {
	const rounds = [[4, 4, 0]];
	const empty = { eligible: 7, present: 6, approve: 6, reject: 0, abstain: 0, spoiled: 0, notVoted: 1 };
	const area = { eligible: 0, present: 0, approve: 0, reject: 0, abstain: 0, spoiled: 0, notVoted: 0 };
	story({ declared: { units: empty, heads: empty, area, rounds } });
	const reasons = await reasonsAgainst(fileOf(council.corner, published()));
	expect(reasons).toEqual(['recount-differs', 'closing-defect']);
});

test('[BUNDLE-13] one whose certificates are missing from the file proves nothing', async () => {
	const { tied } = story();
	const file = fileOf(council.corner, published());
	const { standing } = council.pollState(tied);
	const isIts = (id: RecordId) => council.corner.ledger.find(id, 'cosign')?.body.target === standing?.id;
	const less = { ...file, records: file.records.filter(({ id }) => !isIts(id)) };
	expect(await reasonsAgainst(less)).toEqual(['not-certified']);
});

test('[BUNDLE-14] what a later vote decided otherwise is no outcome any more', async () => {
	const { choice } = story({}, 'reject');
	const now = published();
	expect(publicationOf(council, now).stands).toBe(true);
	expect(await reasonsAgainst(fileOf(council.corner, now))).toEqual([]);
	const parts = must(publishableParts(council.corner.state, council.topicState(topic)));
	const before = publish(council, { ...parts, close: choice });
	council.cosign(council.li, before, 'approve');
	expect(await reasonsAgainst(fileOf(council.corner, before))).toEqual(['outcome-overtaken']);
});

test('[BUNDLE-14] nor is a no on a text that was adopted after all', async () => {
	const vote = (choice: 'approve' | 'reject') => {
		const poll = open({});
		for (const person of council.everybody) council.vote(person, poll, choice);
		return certified(poll);
	};
	const refused = vote('reject');
	agreedMinutes(council, topic);
	const first = published();
	expect(await reasonsAgainst(fileOf(council.corner, first))).toEqual([]);
	vote('approve');
	expect(council.corner.ledger.find(first, 'publish')?.body.close).toBe(refused);
	expect(await reasonsAgainst(fileOf(council.corner, first))).toEqual(['outcome-overtaken']);
});

test('[BUNDLE-12] no step the topic took can be taken out of the file, nor an objection to its count', async () => {
	for (const step of ['study', 'consultation']) council.enter(topic, step);
	const poll = open({});
	for (const person of council.everybody) council.vote(person, poll, 'approve');
	const close = certified(poll);
	const unheard = 'ab'.repeat(32) as RecordId;
	const objection = council.corner.act(council.sun, (composer) =>
		composer.add('objection', { target: close, ballot: unheard }),
	);
	agreedMinutes(council, topic);
	const file = fileOf(council.corner, published());
	expect(await reasonsAgainst(file)).toEqual([]);
	const steps = council.topicState(topic).history.map(({ id }) => id);
	expect(steps).toHaveLength(2);
	for (const gone of [...steps, objection]) {
		const verdict = await verdictOn({ ...file, records: file.records.filter(({ id }) => id !== gone) });
		expect(verdict).toMatchObject({ reasons: [{ code: 'record-missing', names: [gone] }] });
	}
});
