import { beforeEach, expect, test } from 'vitest';
import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { mayApproveMinutes, mayCosignMinutes } from '#core/minutes/rules.ts';
import { minutesOf } from '#core/topics/selectors.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { approve, settle, writeMinutes } from '../../support/outcome.ts';

let council: Council;
let topic: TopicId;
let minutes: RecordId;
beforeEach(() => {
	council = new Council();
	topic = council.topic();
	minutes = writeMinutes(council, topic);
});

const state = (id = minutes) => must(council.corner.state.minutes.get(id));
const agree = (...people: Person[]) => people.map((person) => council.cosign(person, minutes, 'approve'));
const mayCosign = (person: Person, id = minutes) => {
	const may = mayCosignMinutes(council.corner.state, person.member, state(id));
	return may.ok ? 'ok' : may.error;
};
const mayApprove = (person = council.convener) => {
	const may = mayApproveMinutes(council.corner.state, person.member, state(), 2);
	return may.ok ? 'ok' : may.error;
};

test('[MIN-1] every member says yes or no to the version that stands, once', () => {
	expect(mayCosign(council.zhao)).toBe('ok');
	council.cosign(council.zhao, minutes, 'object');
	expect(mayCosign(council.zhao)).toBe('already-cosigned');
	expect(state().assents).toMatchObject([{ member: council.zhao.member, kind: 'object' }]);
	expect(mayCosignMinutes(council.corner.state, undefined, state())).toEqual({ ok: false, error: 'not-permitted' });
});

test('[MIN-1] a new version replaces the old one, which nobody can agree to any more', () => {
	agree(council.zhao);
	const second = writeMinutes(council, topic, '同意，附条件。');
	expect(state().current).toBe(false);
	expect(mayCosign(council.sun)).toBe('minutes-replaced');
	expect(mayApprove()).toBe('minutes-replaced');
	expect(state(second).assents).toEqual([]);
	expect(minutesOf(council.corner.state, topic).map(({ id }) => id)).toEqual([second]);
});

test('[MIN-1] minutes of another topic replace nothing here, whatever they name', () => {
	const other = council.topic('停车位');
	const { blob } = state();
	const as = must(council.corner.grantOf('secretary', council.li));
	council.corner.act(council.li, (composer) =>
		composer.add('minutes.freeze', { as, topic: other, blob, after: [minutes] }),
	);
	expect(state().current).toBe(true);
});

test('[MIN-2] approval needs two members besides who approves, one of them a teller', () => {
	expect(mayApprove()).toBe('assent-missing');
	agree(council.zhao, council.sun);
	expect(mayApprove()).toBe('assent-missing');
	approve(council, minutes);
	expect(state().approval).toBeUndefined();
	agree(council.chen);
	expect(mayApprove()).toBe('ok');
	const approval = approve(council, minutes);
	expect(state().approval).toBe(approval);
	expect(mayCosign(council.zhou)).toBe('minutes-approved');
	expect(mayApprove()).toBe('minutes-approved');
});

test('[MIN-2] one teller alone is not enough, and with two phones still one', () => {
	agree(council.chen, council.secondPhone(council.chen));
	expect(state().assents).toHaveLength(2);
	expect(mayApprove()).toBe('assent-missing');
	approve(council, minutes);
	expect(state().approval).toBeUndefined();
});

test('[MIN-2] who approves is not counted among those who agreed', () => {
	agree(council.convener, council.chen);
	expect(mayApprove()).toBe('assent-missing');
	approve(council, minutes);
	expect(state().approval).toBeUndefined();
});

test('[MIN-2] objections are no assent', () => {
	agree(council.chen);
	council.cosign(council.zhao, minutes, 'object');
	expect(mayApprove()).toBe('assent-missing');
});

test('[MIN-2] an approval rests on what it names: agreements that come later give it no weight', () => {
	agree(council.zhao);
	approve(council, minutes);
	agree(council.chen, council.sun);
	expect(state().approval).toBeUndefined();
	const second = approve(council, minutes);
	expect(state().approval).toBe(second);
});

test('[MIN-2] only the office approves', () => {
	agree(council.chen, council.zhao);
	expect(mayApprove(council.zhao)).toBe('not-permitted');
});

test('[MIN-2] a consensus rests on assent to its very text', () => {
	const [one, two] = [council.freeze(topic, '一'), council.freeze(topic, '二')];
	const assents = [council.chen, council.zhao].map((person) => council.cosign(person, one, 'approve'));
	const consensus = (text: RecordId) => {
		const id = settle(council, topic, text, assents);
		return must(council.corner.state.consensus.get(id));
	};
	expect(consensus(one).stands).toBe(true);
	expect(consensus(two).stands).toBe(false);
});
