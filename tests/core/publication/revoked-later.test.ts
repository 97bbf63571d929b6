import { expect, test } from 'vitest';
import type { RecordId } from '#core/kernel/ids.ts';
import { publicFace } from '#core/publication/selectors.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, decide, publish, settle, withdraw } from '../../support/outcome.ts';

const shown = (council: Council, topic: RecordId) => publicFace(council.corner.state, topic)?.shows;

/** A founder ends a grant and spares nothing of what was written under it. */
function endOffice(council: Council, person: Person, role: 'convener' | 'teller' | 'secretary'): void {
	const target = must(council.corner.grantOf(role, person));
	council.corner.actAsFounder((composer) => composer.add('role.end', { target, cuts: [], reason: 'term-ended' }));
}

function published(bySettling: boolean) {
	const council = new Council();
	const topic = council.topic();
	const text = council.freeze(topic);
	const agree = [council.chen, council.zhao];
	const consensus = bySettling
		? settle(
				council,
				topic,
				text,
				agree.map((person) => council.cosign(person, text, 'approve')),
			)
		: undefined;
	const close = bySettling ? undefined : decide(council, topic, text).close;
	const id = publish(council, { topic, text, minutes: agreedMinutes(council, topic), close, consensus });
	return { council, topic, id };
}

test.each([
	['voted on', false],
	['settled', true],
])('[MIN-3] [PUB-13] no later ending of an office unpublishes what was %s, approved and seconded', (_, bySettling) => {
	const { council, topic, id } = published(bySettling);
	council.cosign(council.chen, id, 'approve');
	endOffice(council, council.li, 'secretary');
	endOffice(council, council.chen, 'teller');
	expect(shown(council, topic)).toBe('publication');
	endOffice(council, council.convener, 'convener');
	expect(shown(council, topic)).toBe('publication');
	expect([...council.corner.state.minutes.values()].map(({ approval }) => approval)).not.toContain(undefined);
});

test('[PUB-13] what nobody has seconded goes with its author’s right, a withdrawal as well', () => {
	const { council, topic, id } = published(false);
	council.cosign(council.chen, id, 'approve');
	withdraw(council, topic, [id]);
	expect(shown(council, topic)).toBe('withdrawal');
	endOffice(council, council.convener, 'convener');
	expect(shown(council, topic)).toBe('publication');
});

test('[PUB-13] a teller whose office had ended seconds nothing', () => {
	const { council, topic, id } = published(false);
	endOffice(council, council.chen, 'teller');
	const { corner, convener, as } = council;
	const body = must(corner.ledger.find(id, 'publish')).body;
	const revs = corner.ledger.ofType('role.end').map((end) => end.id);
	const again = corner.act(convener, (composer) =>
		composer.add('publish', { ...body, as: must(as), after: [id], revs }),
	);
	council.cosign(council.chen, again, 'approve');
	expect(shown(council, topic)).toBeUndefined();
	council.cosign(council.li, again, 'approve');
	expect(shown(council, topic)).toBe('publication');
});
