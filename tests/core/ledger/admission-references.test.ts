import { expect, test } from 'vitest';
import type { PollId, RecordId } from '#core/kernel/ids.ts';
import { examine } from '#core/ledger/admission.ts';
import { Holder } from '../../support/admission.ts';
import { Council } from '../../support/council.ts';
import { forge, parsed } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { holderOf, verdictOn } from '../../support/offering.ts';
import { memberCounts } from '../../support/member-counts.ts';

const council = new Council();
const { corner, zhao, sun, li, convener } = council;
const topic = council.topic();
const text = council.freeze(topic);
const { meeting } = council.meeting(topic, [zhao.member]);
const poll = council.poll(topic, 'R12-all', undefined, text);
const ballot = council.vote(zhao, poll, 'approve');
const unknown = 'ab'.repeat(32) as RecordId;
const as = must(council.as);

const missing = (wire: Uint8Array) => {
	const examined = examine(corner.ledger, corner.grid, parsed(wire));
	return examined.verdict === 'later' ? examined.missing : examined.verdict;
};

test('[ADM-1] a record that is held already is a duplicate', () => {
	expect(verdictOn(corner, must(corner.ledger.get(ballot)).wire)).toBe('duplicate');
});

test('[ADM-1] what cites something unknown waits for exactly that, and is accepted when it comes', () => {
	const wires = corner.records.map(({ wire }) => wire);
	const opened = must(corner.ledger.get(topic));
	const stage = forge(corner, convener.device, 'topic.stage', { as, topic, stage: 'study', considered: [], after: [] });
	const holder = new Holder(corner.grid);
	holder.offerAll(wires.filter((wire) => wire !== opened.wire));
	expect(examine(holder.ledger, corner.grid, parsed(stage))).toEqual({ verdict: 'later', missing: [topic] });
	expect(holder.offer(opened.wire)).toBe('accept');
	expect(holder.offer(stage)).toBe('accept');
});

test('[ADM-1] every hard reference is waited for, several at once', () => {
	const { device } = convener;
	const added = { member: unknown, key: zhao.device.key, via: unknown, pop: new Uint8Array(64) };
	const granted = { as: unknown, member: zhao.member, role: 'teller' } as const;
	const scope = unknown as PollId;
	const cast = { poll: unknown, choice: 'approve', replaces: [] } as const;
	expect(missing(forge(corner, device, 'device.add', added))).toEqual([unknown, unknown]);
	expect(missing(forge(corner, device, 'role.grant', granted))).toEqual([unknown]);
	expect(missing(forge(corner, device, 'meeting.open', { as, meeting: unknown }))).toEqual([unknown]);
	expect(missing(forge(corner, device, 'cosign', { target: unknown, kind: 'approve' }))).toEqual([unknown]);
	expect(missing(forge(corner, device, 'ballot', cast, { scope, auth: unknown }))).toEqual([unknown, unknown, unknown]);
});

test('[ADM-1] a record in an unknown scope waits for the poll', () => {
	const wire = forge(corner, zhao.device, 'receipt', { ids: [ballot] }, { scope: unknown as PollId });
	expect(missing(wire)).toEqual([unknown]);
});

test('[ADM-1] a record that cites nobody known waits, even with a wrong signature: it may be judged only later', () => {
	const wire = forge(corner, sun.device, 'topic.stage', { topic: unknown, stage: 'x', considered: [], after: [] });
	expect(verdictOn(corner, wire)).toBe('later');
});

test('[ADM-1] soft references are never waited for', () => {
	const { device } = convener;
	const declared = memberCounts({ eligible: 7, notVoted: 7 });
	const frame = { as, poll, list: unknown, n: 0, declared, attendance: unknown, supersedes: unknown } as const;
	const wires = [
		forge(corner, device, 'topic.stage', { as, topic, stage: 'study', considered: [unknown], after: [unknown] }),
		forge(corner, device, 'poll.close', {
			...frame,
			seals: [unknown],
			without: [[unknown, '停电']],
			revs: [unknown],
		} as never),
		forge(corner, zhao.device, 'ballot', { poll, choice: 'reject', replaces: [unknown] }, { scope: poll }),
		forge(corner, zhao.device, 'receipt', { ids: [unknown] }, { scope: poll }),
		forge(corner, zhao.device, 'receipt', { ids: [unknown] }, { seq: 40, prev: unknown }),
	];
	expect(wires.map((wire) => verdictOn(corner, wire))).toEqual(wires.map(() => 'accept'));
});

test('[ADM-3] a hard reference must be of the kind its field says', () => {
	const { device } = convener;
	const own = corner.authorityOf(convener);
	const added = { as, member: convener.member, key: zhao.device.key, via: own, pop: new Uint8Array(64) };
	const wires = [
		forge(corner, device, 'topic.stage', { as, topic: text, stage: 'study', considered: [], after: [] }),
		forge(corner, device, 'meeting.open', { as, meeting: topic }),
		forge(corner, device, 'meeting.open', { as: own, meeting }),
		forge(corner, device, 'role.grant', { as, member: own, role: 'teller' }),
		forge(corner, device, 'device.add', { ...added, member: topic }),
		forge(corner, device, 'device.add', { ...added, via: topic }),
		forge(corner, zhao.device, 'ballot', { poll: topic, choice: 'approve', replaces: [] }, { scope: topic }),
	];
	expect(wires.map((wire) => verdictOn(corner, wire))).toEqual(wires.map(() => 'wrong-reference'));
});

test('[ADM-4] the authority must be this key’s own device, invitation or genesis', () => {
	const stage = { as, topic, stage: 'study', considered: [], after: [] } as const;
	const under = (auth: RecordId) => verdictOn(corner, forge(corner, zhao.device, 'topic.stage', stage, { auth }));
	expect(under(corner.authorityOf(convener))).toBe('key-not-authorized');
	expect(under(corner.grid)).toBe('key-not-authorized');
	expect(under(topic)).toBe('key-not-authorized');
	expect(under(must(corner.state.roster.invites[0]))).toBe('not-permitted');
});

test('[ADM-4] a grant is cited only by the member who holds it', () => {
	const stage = (grant: RecordId | undefined) => ({
		as: must(grant),
		topic,
		stage: 'study',
		considered: [],
		after: [],
	});
	const holder = holderOf(corner);
	expect(holder.judge(forge(corner, zhao.device, 'topic.stage', stage(as)))).toBe('role-not-held');
	const teller = corner.grantOf('teller', li);
	expect(holder.judge(forge(corner, li.device, 'topic.stage', stage(teller)))).toBe('not-permitted');
	expect(holder.judge(forge(corner, convener.device, 'topic.stage', stage(as)))).toBe('accept');
});

test('[ADM-4] only the tellers whom the poll names count hands in it', () => {
	const counts = { approve: 1, reject: 0, abstain: 0, spoiled: 0 };
	const body = { poll, voters: 'ab'.repeat(32), counts, replaces: [] };
	const late = corner.welcome('后来的监票人', '9号楼', 'teller');
	const count = (person: typeof li) =>
		verdictOn(corner, forge(corner, person.device, 'hand.count', body as never, { scope: poll }));
	expect(count(li)).toBe('accept');
	expect(count(convener)).toBe('not-permitted');
	expect(count(late)).toBe('not-permitted');
});
