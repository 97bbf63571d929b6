import { beforeEach, describe, expect, test } from 'vitest';
import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { publicPage } from '#core/publication/page.ts';
import { headsOf, pendingPublication, withdrawable } from '#core/publication/amending.ts';
import { publicFace } from '#core/publication/selectors.ts';
import { correctedParts, mayCorrect, mayPublish, maySecondPublication, mayWithdraw } from '#core/publication/rules.ts';
import type { OutcomeParts } from '#core/publication/state.ts';
import { grantRole } from '#core/roster/acts.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council, PROCEDURE } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, correct, decide, publicationOf, publish, withdraw } from '../../support/outcome.ts';

let council: Council;
let topic: TopicId;
let parts: OutcomeParts;
let first: RecordId;
/** Another convener. */
let zhou: Person;
beforeEach(() => {
	council = new Council();
	zhou = council.zhou;
	council.corner.actAsFounder((composer) => grantRole(composer, undefined, zhou.member, 'convener'));
	({ topic, parts } = decided('加装电梯'));
	first = publish(council, parts);
	second(first);
});

function decided(title: string): { topic: TopicId; parts: OutcomeParts } {
	const topic = council.topic(title);
	const text = council.freeze(topic);
	const { close } = decide(council, topic, text);
	return { topic, parts: { topic, text, minutes: agreedMinutes(council, topic), close, consensus: undefined } };
}

const second = (id: RecordId) => council.cosign(council.chen, id, 'approve');

/** The record that decides what the public sees. */
function shown(of = topic): RecordId | undefined {
	const face = publicFace(council.corner.state, of);
	return face?.shows === 'publication' ? face.publication.id : face?.withdrawal.id;
}

function page(of = topic) {
	const { state, ledger, blob } = council.corner;
	const written = publicPage({ state, ledger, blobs: blob }, must(publicFace(state, of)));
	if (!written.ok) throw new Error(written.error);
	return written.value;
}

describe('[PUB-8] of what follows one another the public sees what nothing valid replaced', () => {
	test('a correction takes the place of what it names once a teller has cosigned it, and not before', () => {
		const later = correct(council, parts, [first]);
		expect(shown()).toBe(first);
		expect(publicationOf(council, first).current).toBe(true);
		expect(pendingPublication(council.corner.state, topic)?.id).toBe(later);
		second(later);
		expect(shown()).toBe(later);
		expect(publicationOf(council, first).current).toBe(false);
		expect(pendingPublication(council.corner.state, topic)).toBeUndefined();
	});

	test('of two that wait for a teller the later one replaces the one it names', () => {
		const one = correct(council, parts, [first]);
		const two = correct(council, parts, [first, one]);
		expect(publicationOf(council, one).current).toBe(false);
		expect(pendingPublication(council.corner.state, topic)?.id).toBe(two);
		expect(shown()).toBe(first);
	});

	test('of two corrections side by side all relays show the same, and one that names both ends it', () => {
		const [one, two] = [correct(council, parts, [first]), correct(council, parts, [first], zhou)];
		second(two);
		second(one);
		expect(shown()).toBe(two);
		const both = correct(council, parts, headsOf(council.corner.state, topic));
		second(both);
		expect([one, two].map((id) => publicationOf(council, id).current)).toEqual([false, false]);
		expect(shown()).toBe(both);
	});
});

describe('[PUB-9] a withdrawal hides a publication', () => {
	test('at once when it is by the one who published, and only the reason is left', () => {
		const taken = withdraw(council, topic, [first]);
		expect(shown()).toBe(taken);
		const { withdrawn, ...place } = page() as Extract<ReturnType<typeof page>, { withdrawn: unknown }>;
		expect(withdrawn).toMatchObject({ by: '王*', reason: '写了电话' });
		expect(Object.keys(place).sort()).toEqual(['grid', 'slug', 'topic']);
	});

	test('by another of the office once a teller has cosigned it', () => {
		const taken = withdraw(council, topic, [first], zhou);
		expect(shown()).toBe(first);
		const withdrawal = must(council.corner.state.withdrawals.get(taken));
		expect(withdrawal).toMatchObject({ stands: false, names: [first] });
		expect(maySecondPublication(council.corner.state, council.chen.member, withdrawal).ok).toBe(true);
		council.cosign(council.zhao, taken, 'approve');
		expect(shown()).toBe(first);
		second(taken);
		expect(shown()).toBe(taken);
	});

	test('also beside a correction, until a record names both', () => {
		const later = correct(council, parts, [first]);
		second(later);
		const taken = withdraw(council, topic, [first]);
		expect(publicationOf(council, later)).toMatchObject({ current: true, hiddenBy: taken });
		expect(shown()).toBe(taken);
		const again = publish(council, parts, [publicationOf(council, later)]);
		second(again);
		expect(shown()).toBe(taken);
		const both = correct(council, parts, headsOf(council.corner.state, topic));
		expect(shown()).toBe(taken);
		second(both);
		expect(shown()).toBe(both);
	});

	test('and hides nothing of another topic, whatever it names', () => {
		const other = decided('停车位');
		const taken = withdraw(council, other.topic, [first]);
		expect(council.corner.state.withdrawals.get(taken)).toMatchObject({ stands: false, names: [] });
		expect([shown(), shown(other.topic)]).toEqual([first, undefined]);
	});

	test('a second convener cannot take a publication down alone by publishing beside it', () => {
		const own = correct(council, parts, [first], zhou);
		const taken = withdraw(council, topic, [own], zhou);
		expect(council.corner.state.withdrawals.get(taken)?.stands).toBe(true);
		expect(shown()).toBe(first);
		expect(publicationOf(council, own)).toMatchObject({ current: false, hiddenBy: taken });
	});

	test('taken back before a teller saw it, nothing was ever public', () => {
		const other = decided('停车位');
		const waiting = publish(council, other.parts);
		expect(withdrawable(council.corner.state, other.topic).map(({ id }) => id)).toEqual([waiting]);
		withdraw(council, other.topic, [waiting]);
		expect(pendingPublication(council.corner.state, other.topic)).toBeUndefined();
		expect(shown(other.topic)).toBeUndefined();
	});
});

describe('[PUB-10] a correction', () => {
	test('keeps the address and shows what was said before', () => {
		const before = page();
		const minutes = agreedMinutes(council, topic);
		second(correct(council, { ...parts, minutes }, [first]));
		const after = page();
		expect(after.slug).toBe(before.slug);
		expect('history' in after && after.history).toMatchObject([
			{ what: 'corrected', reason: '日期写错了', text: undefined, minutes: { type: 'doc' } },
		]);
	});

	test('tells every step, the latest first, and what was withdrawn without its text', () => {
		const taken = withdraw(council, topic, [first]);
		const again = publish(council, parts, [publicationOf(council, first)]);
		second(again);
		expect(shown()).toBe(taken);
		const renewed = correct(council, parts, headsOf(council.corner.state, topic));
		second(renewed);
		const last = correct(council, parts, [renewed]);
		second(last);
		expect(shown()).toBe(last);
		const told = page();
		const steps = 'history' in told ? told.history.map(({ what }) => what) : [];
		expect(steps).toEqual(['corrected', 'withdrawn']);
	});

	test('names something of its own topic, or it is none', () => {
		const other = decided('停车位');
		const stray = correct(council, other.parts, [first]);
		second(stray);
		expect(publicationOf(council, stray).stands).toBe(false);
		expect([shown(), shown(other.topic)]).toEqual([first, undefined]);
	});
});

describe('[PUB-10] who may', () => {
	const asked = (person: Person) => {
		const { state } = council.corner;
		const withdrawing = mayWithdraw(state, person.member, council.topicState(topic));
		const correcting = mayCorrect(state, person.member, council.topicState(topic));
		return [
			withdrawing.ok ? (withdrawing.value.atOnce ? 'at once' : 'with a teller') : withdrawing.error,
			correcting.ok ? 'ok' : correcting.error,
		];
	};

	test('correct and withdraw is the office, and nobody else', () => {
		expect(asked(council.convener)).toEqual(['at once', 'ok']);
		expect(asked(zhou)).toEqual(['with a teller', 'ok']);
		for (const person of [council.zhao, council.li]) expect(asked(person)).toEqual(['not-permitted', 'not-permitted']);
	});

	test('is told when there is nothing to take back', () => {
		withdraw(council, topic, [first]);
		expect(asked(council.convener)).toEqual(['not-published', 'not-published']);
		const may = () => mayPublish(council.corner.state, council.convener.member, council.topicState(topic), PROCEDURE);
		for (const step of ['study', 'consultation', 'committee-study', 'public-notice']) council.enter(topic, step);
		expect(may().ok).toBe(true);
		second(correct(council, parts, headsOf(council.corner.state, topic)));
		expect(may()).toEqual({ ok: false, error: 'already-published' });
	});

	test('a correction says what stands decided by now, or what it said before', () => {
		const minutes = agreedMinutes(council, topic);
		expect(correctedParts(council.corner.state, council.topicState(topic))).toEqual({ ...parts, minutes });
		council.freeze(topic, '又一稿');
		expect(correctedParts(council.corner.state, council.topicState(topic))).toEqual(parts);
	});
});
