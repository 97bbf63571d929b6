import { expect, test } from 'vitest';
import type { DeviceKey, GridId, RecordId } from '#core/kernel/ids.ts';
import { parseRecord, type Envelope } from '#core/ledger/record.ts';
import type { BodyByType } from '#core/ledger/registry.ts';
import { Holder } from '../../support/admission.ts';
import { Council } from '../../support/council.ts';
import { forge } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { verdictOn } from '../../support/offering.ts';

const council = new Council();
const { corner, zhao, chen } = council;
const topic = council.topic();
const poll = council.poll(topic);
const ballot = council.vote(zhao, poll, 'approve');
const elsewhere = 'ab'.repeat(32) as GridId;
const invite = { ikey: zhao.device.key, max: 3 };
const open = {
	title: 'cd'.repeat(32),
	source: 'resident',
	procedure: { id: 'p', version: '1', hash: 'cd'.repeat(32) },
};
const topicBody = open as BodyByType['topic.open'];

const offer = (envelope: Partial<Envelope>) =>
	verdictOn(corner, forge(corner, zhao.device, 'topic.open', topicBody, envelope));

test('[ADM-2] the envelope of these tests is accepted as long as nothing is changed', () => {
	expect(offer({})).toBe('accept');
});

test('[ADM-2] a record of another grid is refused, signed or not', () => {
	expect(offer({ grid: elsewhere })).toBe('other-grid');
	expect(offer({ grid: null })).toBe('other-grid');
});

test('[ADM-2] a record without an authority is refused', () => {
	expect(offer({ auth: null })).toBe('key-not-authorized');
});

test('[ADM-2] the first record of a chain has no previous one, every other has', () => {
	expect(offer({ seq: 0, prev: ballot })).toBe('record-malformed');
	expect(offer({ seq: 3, prev: null })).toBe('record-malformed');
});

test('[ADM-2] a gap or a fork in the chain is no ground for refusal', () => {
	expect(offer({ seq: 77, prev: elsewhere })).toBe('accept');
	expect(offer({ seq: 1, prev: elsewhere })).toBe('accept');
});

test('[ADM-2] what is for show decides nothing: claimed time and Lamport clock', () => {
	expect(offer({ at: 0, lc: 0 })).toBe('accept');
	expect(offer({ at: Number.MAX_SAFE_INTEGER, lc: 2 ** 48 })).toBe('accept');
});

test('[ADM-2] structure stays in structure, and ballots in the scope of their poll', () => {
	expect(offer({ scope: poll })).toBe('wrong-scope');
	const body = { poll, choice: 'approve', replaces: [] } as const;
	const cast = (scope: RecordId | null) => verdictOn(corner, forge(corner, zhao.device, 'ballot', body, { scope }));
	const other = council.poll(topic);
	expect(cast(poll)).toBe('accept');
	expect(cast(null)).toBe('wrong-scope');
	expect(cast(other)).toBe('wrong-scope');
	expect(verdictOn(corner, forge(corner, zhao.device, 'ballot', { ...body, poll: other }, { scope: poll }))).toBe(
		'wrong-scope',
	);
});

test('[ADM-2] a cosign lives where its target lives', () => {
	const body = { target: ballot, kind: 'approve' } as const;
	const sign = (scope: RecordId | null) => verdictOn(corner, forge(corner, chen.device, 'cosign', body, { scope }));
	expect(sign(poll)).toBe('accept');
	expect(sign(null)).toBe('wrong-scope');
});

test('[ADM-2] a scope that is no poll is refused', () => {
	const body = { ids: [ballot] };
	expect(verdictOn(corner, forge(corner, chen.device, 'receipt', body, { scope: topic }))).toBe('wrong-scope');
	expect(verdictOn(corner, forge(corner, chen.device, 'receipt', body, { scope: poll }))).toBe('accept');
});

const founder = corner.founder.device;
const founding: Partial<Envelope> = { grid: null, auth: null, seq: 0, prev: null };
const genesis: BodyByType['genesis'] = {
	...{ name: '新的议事角', kind: 'residential', founders: [founder.key], quorum: 1, rules: 1 },
	nonce: corner.salt('new'),
};

function found(body: Partial<BodyByType['genesis']> = {}, envelope: Partial<Envelope> = {}): string {
	const wire = forge(corner, founder, 'genesis', { ...genesis, ...body }, { ...founding, ...envelope });
	const record = parseRecord(wire);
	return new Holder(must(record.ok ? record.value.id : undefined)).offer(wire);
}

test('[ADM-2] a genesis founds the grid that bears its id, and no other', () => {
	expect(found()).toBe('accept');
	const wire = forge(corner, founder, 'genesis', genesis, founding);
	expect(new Holder(elsewhere).offer(wire)).toBe('other-grid');
});

const two = [founder.key, zhao.device.key] as const;
test.each<[string, Partial<BodyByType['genesis']>, Partial<Envelope>?]>([
	['without its author among the founders', { founders: [zhao.device.key] }],
	['without founders', { founders: [] }],
	['with a founder named twice', { founders: [founder.key, founder.key] }],
	['with a quorum of nobody', { quorum: 0 }],
	['with a quorum of more than all', { founders: two, quorum: 3 }],
	['of other rules', { rules: 2 }],
	['in another grid', {}, { grid: elsewhere }],
	['in a scope', {}, { scope: elsewhere }],
	['under an authority', {}, { auth: elsewhere }],
	['later in a chain', {}, { seq: 1, prev: elsewhere }],
])('[ADM-2] a genesis %s is refused', (_case, body, envelope = {}) => {
	expect(found(body, envelope)).toBe('genesis-invalid');
});

test('[ADM-2] two founders with a quorum of two are a genesis', () => {
	expect(found({ founders: two, quorum: 2 })).toBe('accept');
});

test('[ADM-7] a key of small order is no founder, signs nothing, and is neither introduced nor invited by', () => {
	const weak = `01${'00'.repeat(31)}` as DeviceKey;
	expect(found({ founders: [founder.key, weak] })).toBe('key-weak');
	expect(offer({ by: weak })).toBe('key-weak');
	const as = must(council.as);
	expect(verdictOn(corner, forge(corner, founder, 'invite', { ...invite, as, ikey: weak }))).toBe('key-weak');
	const via = corner.authorityOf(zhao);
	const add = { member: zhao.member, key: weak, via, pop: new Uint8Array(64) };
	expect(verdictOn(corner, forge(corner, zhao.device, 'device.add', add))).toBe('key-weak');
});
