import { expect, test } from 'vitest';
import type { BodyByType } from '#core/ledger/registry.ts';
import type { Measure } from '#core/polls/counts.ts';
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
	['a station named twice', { stations: [zhao.member, zhao.member] }],
	['an answer nobody knows', { options: ['approve', '同意'] }],
	['a choice of one option', { form: 'single', options: ['停车'] }],
	['a choice of the same option twice', { form: 'approval', options: ['停车', '停车'] }],
])('[ADM-5] a poll with %s is refused', (_case, changed) => {
	expect(open(changed)).toBe('poll-malformed');
});

test('[ADM-5] a rule that divides by nothing, or never asks, is refused', () => {
	expect(ruled({ pass: [] })).toBe('poll-malformed');
	expect(ruled({ pass: [['units', 'present', 1, 0, '>']] })).toBe('poll-malformed');
	expect(ruled({ quorum: [['units', 'eligible', 2, 0, '>=']] })).toBe('poll-malformed');
	expect(ruled({ quorum: [] })).toBe('accept');
});

test('[ADM-5] a choice is compared by one measure', () => {
	const choice = { form: 'ranked', options: ['停车', '绿化'] } as const;
	const passed = (...measures: readonly Measure[]) => {
		const pass = measures.map((measure) => [measure, 'present', 1, 2, '>'] as const);
		return open({ ...choice, rule: { ...usual.rule, pass } });
	};
	expect(passed('area', 'heads')).toBe('poll-malformed');
	expect(passed('area')).toBe('accept');
	expect(passed('area', 'area')).toBe('accept');
});

test('[ADM-5] a rule that asks for groups comes with their lists, and with shares of something', () => {
	const groups = [['representatives', 'roll', 4, 5, '>=']] as const;
	const rule = { ...usual.rule, groups };
	expect(open({ rule })).toBe('poll-malformed');
	expect(open({ rule, groups: usual.roll })).toBe('accept');
	const ofNothing = { ...usual.rule, groups: [['representatives', 'roll', 4, 0, '>=']] as const };
	expect(open({ rule: ofNothing, groups: usual.roll })).toBe('poll-malformed');
});

test('[ADM-5] where only those present count nobody votes by proxy', () => {
	expect(ruled({ proxies: 1 })).toBe('poll-malformed');
	expect(open({ presentOnly: false, rule: { ...usual.rule, proxies: 1 } })).toBe('accept');
});

test('[ADM-5] the silent follow only by a clause, and only on a motion', () => {
	const silent = 'all-silent-follow-majority';
	expect(ruled({ silent })).toBe('poll-malformed');
	expect(ruled({ silent, clause: '管理规约第八条' })).toBe('accept');
});

test('[ADM-5] only the witness of a station seals, and only for the own station', () => {
	const { poll, council } = scene;
	const { sun } = council;
	const seal = (person: typeof sun, station = person.member) => {
		const body = { poll, station, list: scene.blob, n: 0 };
		return verdictOn(corner, forge(corner, person.device, 'seal', body, { scope: poll }));
	};
	expect(seal(sun)).toBe('accept');
	expect(seal(sun, zhao.member)).toBe('not-own-station');
	expect(seal(zhao)).toBe('not-permitted');
	expect(seal(li)).toBe('not-permitted');
});

test('[ADM-5] papers and hand counts are entered by tellers of the poll alone', () => {
	const { poll } = scene;
	const body = { poll, voter: zhao.member, choice: 'approve', serial: '0007', replaces: [] } as const;
	const paper = (person: typeof li) =>
		verdictOn(corner, forge(corner, person.device, 'paper.ballot', body, { scope: poll }));
	expect([paper(li), paper(zhao), paper(convener)]).toEqual(['accept', 'not-permitted', 'not-permitted']);
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

test('[ADM-5] in a choice one may always want none of it, or say nothing', () => {
	const options = ['停车', '绿化'] as const;
	const choice = { form: 'single', options } as const;
	const poll = corner.act(convener, (composer) => composer.add('poll.open', { as, ...usual, ...choice }));
	for (const wanted of ['approve', 'reject', 'abstain'] as const) {
		const body = { poll, choice: wanted, replaces: [] };
		expect(verdictOn(corner, forge(corner, zhao.device, 'ballot', body, { scope: poll }))).toBe('accept');
	}
});

test('[ADM-5] a ballot is accepted however late, because it is evidence', () => {
	const { poll, close, council } = scene;
	council.certify(close, council.li, council.chen);
	expect(council.pollState(poll).status).toBe('certified');
	const body = { poll, choice: 'reject', replaces: [] } as const;
	expect(verdictOn(corner, forge(corner, zhao.device, 'ballot', body, { scope: poll }))).toBe('accept');
});
