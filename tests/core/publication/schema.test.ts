import { describe, expect, test } from 'vitest';
import type { TopicId } from '#core/kernel/ids.ts';
import { decide } from '#core/polls/decision.ts';
import { RULE_PROFILES } from '#core/polls/profiles.ts';
import { textOf } from '#core/proposals/text.ts';
import type { PublicDocument } from '#core/publication/document.ts';
import { parsePublicPage } from '#core/publication/schema.ts';
import { changedCounts, memberCounts } from '../../support/member-counts.ts';

const [profile] = RULE_PROFILES;
if (!profile) throw new Error('There is no rule profile');
const counts = memberCounts({ eligible: 21, present: 17, approve: 14, reject: 1, abstain: 2 });
const { rule, presentOnly } = profile;

const outcome: PublicDocument = {
	slug: 'nrea7km5e7',
	grid: { id: '41'.repeat(32), name: '翡翠郡议事角' },
	topic: '0a'.repeat(32) as TopicId,
	title: '日间照料中心引入专业机构',
	raisedAt: 1,
	publishedAt: 2,
	procedure: undefined,
	step: undefined,
	decided: {
		...{ by: 'vote', question: '您同意吗？', form: 'motion', options: [], rule, counts, presentOnly },
		...{ unit: 'member', before: [], asksToKeep: false },
		decision: decide(rule, counts),
	},
	text: textOf('请一家专业机构统一管理。'),
	textHash: 'D6A1F2A4',
	minutes: textOf('同意。'),
	people: { publisher: '王*', tellers: ['李*国'] },
	history: [{ what: 'withdrawn', at: 3, reason: '写错了日期' }],
};
const stored = (change: object = {}) => JSON.stringify({ ...outcome, ...change });

describe('[PUB-5] a stored publication', () => {
	test('comes back as it was written', () => {
		expect(parsePublicPage(stored())).toEqual({ ok: true, value: outcome });
	});

	test('may rest on a consensus', () => {
		const decided = { by: 'consensus', agreed: 5, dissent: 1, unheard: 0, replies: ['已经改了地点。'] };
		expect(parsePublicPage(stored({ decided }))).toEqual({ ok: true, value: { ...outcome, decided } });
	});

	test('loses fields that this version does not know', () => {
		const read = parsePublicPage(stored({ phone: '13800000000' }));
		expect(read.ok && 'phone' in read.value).toBe(false);
	});

	test.each([
		['no JSON', '{'],
		['another slug', stored({ slug: '../../etc' })],
		['a count below zero', stored({ decided: { ...outcome.decided, counts: changedCounts(counts, { approve: -1 }) } })],
		['a node that is no text of ours', stored({ text: { type: 'doc', content: [{ type: 'image' }] } })],
		['a title without end', stored({ title: '长'.repeat(2000) })],
	])('is refused with %s', (_, json) => {
		expect(parsePublicPage(json)).toEqual({ ok: false, error: 'document-malformed' });
	});
});
