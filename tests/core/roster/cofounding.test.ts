import { expect, test } from 'vitest';
import { possessionMessage } from '#core/ledger/signatures.ts';
import {
	cofounderMessage,
	enterAsCofounder,
	formatCofounderAnswer,
	formatFounded,
	formatFoundingQuestion,
	foundersAwaited,
	MAX_COFOUNDERS,
	mayAddCofounder,
	parseCofounderAnswer,
	parseFounded,
	parseFoundingQuestion,
	usualQuorum,
	type CofounderAnswer,
} from '#core/roster/cofounding.ts';
import { parseArrival } from '#core/roster/device-offer.ts';
import { deviceOf, roleOfKey, rolesOf } from '#core/roster/selectors.ts';
import { StoryCorner } from '../../../server/cli/scenario/people.ts';
import { SeededKey } from '../../../server/cli/scenario/seeded-key.ts';
import { Holder } from '../../support/admission.ts';
import { must } from '../../support/must.ts';
import { holderOf } from '../../support/offering.ts';

const nonce = 'ab'.repeat(16);
const grid = new StoryCorner('一起创建', '王芳').grid;

function answerOf(name: string): CofounderAnswer {
	const phone = new SeededKey(name);
	return { nonce, name, key: phone.key, proof: phone.sign(cofounderMessage(nonce, { key: phone.key, name })) };
}

const foundedBy = (...cofounders: readonly string[]) =>
	new StoryCorner('一起创建', '王芳', 'cofounding', Date.UTC(2015, 7, 3, 1), cofounders);

function enter(corner: StoryCorner, name: string): void {
	const device = corner.deviceFor(name);
	const pop = device.sign(possessionMessage(corner.grid, corner.grid, device.key));
	corner.actUnder(device, corner.grid, (composer) =>
		enterAsCofounder(composer, corner.grid, pop, { name, building: '2号楼' }, corner.salt(name)),
	);
}

test('[FOUND-1] question, answer and last word are read back from their links, in any case, with or without the #', () => {
	const question = formatFoundingQuestion({ nonce });
	const founded = formatFounded({ nonce, grid });
	for (const name of ['李建国', 'Zoë O’Neill', '𠮷'.repeat(20), '明'.repeat(40)]) {
		const answer = answerOf(name);
		expect(parseCofounderAnswer(`#${formatCofounderAnswer(answer).toUpperCase()} `)).toEqual({
			ok: true,
			value: answer,
		});
	}
	expect(parseArrival(`#${question.toUpperCase()}`)).toEqual({
		ok: true,
		value: { by: 'founding', question: { nonce } },
	});
	expect(parseArrival(founded)).toEqual({ ok: true, value: { by: 'founded', founded: { nonce, grid } } });
});

test('[FOUND-1] anything cut, lengthened, or of another kind is malformed', () => {
	const [question, answer, founded] = [
		formatFoundingQuestion({ nonce }),
		formatCofounderAnswer(answerOf('李建国')),
		formatFounded({ nonce, grid }),
	];
	for (const wrong of ['', '#', 'cofounder', question.slice(0, -1), `${question}.0`, answer, founded])
		expect([wrong, parseFoundingQuestion(wrong).ok]).toEqual([wrong, false]);
	for (const wrong of ['', 'founded', founded.slice(0, -1), `${founded}.0`, answer, question])
		expect([wrong, parseFounded(wrong).ok]).toEqual([wrong, false]);
	const named = (hex: string) => answer.replace(/[^.]*$/, hex);
	const names = ['', 'a', 'ff', '0a', '20', '20e69d8e', 'e69d8e'.repeat(41), 'zz'].map(named);
	for (const wrong of ['', question, founded, answer.slice(0, -1), `${answer}.00`, ' '.repeat(600) + answer, ...names])
		expect([wrong, parseCofounderAnswer(wrong).ok]).toEqual([wrong, false]);
});

test('[FOUND-2] an answer serves for the founding that asked, once for a key, and four people found with one', () => {
	const answers = ['甲', '乙', '丙', '丁', '戊'].map(answerOf);
	const held = answers.slice(0, MAX_COFOUNDERS);
	const [first, fifth] = [must(answers[0]), must(answers[4])];
	const ask = (by: string, ...rest: [readonly CofounderAnswer[], CofounderAnswer]) => mayAddCofounder(by, ...rest);
	expect(ask(nonce, [], first)).toEqual({ ok: true, value: { key: first.key, name: '甲' } });
	expect(ask(nonce, held.slice(1), first).ok).toBe(true);
	expect(ask('cd'.repeat(16), [], first)).toEqual({ ok: false, error: 'cofounder-other-founding' });
	expect(ask(nonce, held, first)).toEqual({ ok: false, error: 'cofounder-known' });
	expect(ask(nonce, held, fifth)).toEqual({ ok: false, error: 'cofounders-complete' });
});

test('[FOUND-2] two founders both agree, of more all but one', () => {
	expect([1, 2, 3, 4, 5].map(usualQuorum)).toEqual([1, 2, 2, 3, 4]);
});

test('[FOUND-3] a co-founder comes in by the own key, as a member without an office', () => {
	const corner = foundedBy('李建国', '陈玉梅');
	const li = corner.deviceFor('李建国');
	expect(foundersAwaited(corner.roster)).toEqual([li.key, corner.deviceFor('陈玉梅').key]);
	expect(roleOfKey(corner.roster, li.key)).toBe('founder');
	enter(corner, '李建国');
	holderOf(corner);
	const { member } = must(deviceOf(corner.roster, li.key));
	expect(rolesOf(corner.roster, member)).toEqual(['member']);
	expect(foundersAwaited(corner.roster)).toEqual([corner.deviceFor('陈玉梅').key]);
});

test('[FOUND-3] a key that genesis does not name does not come in', () => {
	const corner = foundedBy('李建国');
	const before = corner.ledger.size;
	enter(corner, '生人');
	const wires = corner.records.map(({ wire }) => wire);
	const holder = new Holder(corner.grid);
	holder.offerAll(wires.slice(0, before));
	expect(wires.slice(before).map((wire) => holder.offer(wire))).toEqual(['key-not-authorized', 'later']);
});
