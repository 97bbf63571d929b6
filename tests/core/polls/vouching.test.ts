import { beforeEach, expect, test } from 'vitest';
import type { PollId, RecordId } from '#core/kernel/ids.ts';
import { signReceipt } from '#core/polls/acts.ts';
import type { Defect } from '#core/polls/defects.ts';
import { mayVouch } from '#core/polls/vouching.ts';
import { Council } from '../../support/council.ts';
import { changedCounts } from '../../support/member-counts.ts';

let council: Council;
let poll: PollId;
beforeEach(() => {
	council = new Council('vouching');
	poll = council.poll(council.topic());
	for (const person of council.everybody) council.vote(person, poll, 'approve');
});

function vouch(close: RecordId, seen: readonly Defect[] = []): string {
	const may = mayVouch(council.corner.standing, council.pollState(poll), council.closing(poll, close), seen);
	return may.ok ? 'ok' : may.error;
}

test('[POLL-26] a teller vouches for what was counted again and agrees', () => {
	expect(vouch(council.close(poll))).toBe('ok');
	const declared = changedCounts(council.count(poll).tally.counts, { approve: 5, reject: 1 });
	expect(vouch(council.close(poll, { declared }), ['declared-counts-differ'])).toBe('count-differs');
	const ids = [...council.count(poll).ids, 'ab'.repeat(32) as RecordId];
	expect(vouch(council.close(poll, { ids }))).toBe('count-incomplete');
});

test('[POLL-26] and for a closing with a defect only after having seen it', () => {
	const { corner, convener, sun } = council;
	const honest = council.count(poll);
	const replaced = corner.ledger.ofType('ballot').filter(({ by }) => by === sun.device.key);
	const ballot = council.vote(
		sun,
		poll,
		'reject',
		replaced.map(({ id }) => id),
	);
	corner.act(convener, (composer) => signReceipt(composer, poll, [ballot]));
	const close = council.close(poll, { ids: honest.ids, declared: honest.tally.counts });
	expect(vouch(close)).toBe('defects-not-seen');
	expect(vouch(close, ['seal-missing'])).toBe('defects-not-seen');
	expect(vouch(close, ['omits-receipted-ballot'])).toBe('ok');
});
