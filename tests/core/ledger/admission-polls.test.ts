import { expect, test } from 'vitest';
import type { BodyByType } from '#core/ledger/registry.ts';
import { forge } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { verdictOn } from '../../support/offering.ts';
import { Scene } from '../../support/scene.ts';

const scene = new Scene();
const { corner, convener, zhao, li } = scene.council;
const as = must(scene.council.as);
const usual = scene.bodies(convener.device, convener.member, corner.authorityOf(convener))['poll.open'];

const open = (changed: Partial<BodyByType['poll.open']>) =>
	verdictOn(corner, forge(corner, convener.device, 'poll.open', { as, ...usual, ...changed }));
const ruled = (changed: Partial<BodyByType['poll.open']['rule']>) => open({ rule: { ...usual.rule, ...changed } });

test('[ADM-5] the poll of these tests is accepted as long as nothing is changed', () => {
	expect(open({})).toBe('accept');
});

test.each<[string, Partial<BodyByType['poll.open']>]>([
	['a teller named twice', { tellers: [li.member, li.member] }],
	['no tellers', { tellers: [], q: 0 }],
	['nobody to certify', { q: 0 }],
	['more certifiers than tellers', { q: 3 }],
	['an option twice', { options: ['approve', 'approve'] }],
	['no option to agree', { options: ['reject', 'abstain'] }],
	['no options', { options: [] }],
])('[ADM-5] a poll with %s is refused', (_case, changed) => {
	expect(open(changed)).toBe('poll-malformed');
});

test('[ADM-5] a rule that divides by nothing, or never asks, is refused', () => {
	expect(ruled({ pass: [] })).toBe('poll-malformed');
	expect(ruled({ pass: [['units', 'present', 1, 0, '>']] })).toBe('poll-malformed');
	expect(ruled({ quorum: [['units', 'eligible', 2, 0, '>=']] })).toBe('poll-malformed');
	expect(ruled({ quorum: [] })).toBe('accept');
});

test('[ADM-5] a ballot says what the poll offers', () => {
	const options = ['approve', 'reject'] as const;
	const wire = forge(corner, convener.device, 'poll.open', { as, ...usual, options });
	const poll = scene.council.corner.act(convener, (composer) => composer.add('poll.open', { as, ...usual, options }));
	const cast = (choice: 'reject' | 'abstain') =>
		verdictOn(corner, forge(corner, zhao.device, 'ballot', { poll, choice, replaces: [] }, { scope: poll }));
	expect(verdictOn(corner, wire)).not.toBe('poll-malformed');
	expect(cast('reject')).toBe('accept');
	expect(cast('abstain')).toBe('choice-not-offered');
});

test('[ADM-5] a ballot is accepted however late, because it is evidence', () => {
	const { poll, close, council } = scene;
	council.certify(close, council.li, council.chen);
	expect(council.pollState(poll).status).toBe('certified');
	const body = { poll, choice: 'reject', replaces: [] } as const;
	expect(verdictOn(corner, forge(corner, zhao.device, 'ballot', body, { scope: poll }))).toBe('accept');
});
