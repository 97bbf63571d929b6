import { expect, test } from 'vitest';
import { Standing } from '#core/validity/standing.ts';
import { addsUp, checkNumbers } from '#core/polls/double-count.ts';
import type { Closing } from '#core/polls/state.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { changedCounts } from '../../support/member-counts.ts';

const { corner, poll: id } = tellElderDayCare();
const poll = corner.state.polls.get(id);
if (!poll?.standing) throw new Error('The story lost its vote');
const closing: Closing = poll.standing;

test('[POLL-10] numbers that both counts agree on are sound', () => {
	expect(checkNumbers(corner.standing, poll, closing)).toBe('sound');
});

test('[POLL-10] numbers whose list is not held are incomplete, not wrong', () => {
	const without = (hash: string) => (hash === closing.list ? undefined : corner.blobs.get(hash as typeof closing.list));
	expect(checkNumbers(new Standing(corner.ledger, without), poll, closing)).toBe('incomplete');
});

test('[POLL-5] declared numbers that do not add up are broken', () => {
	const declared = changedCounts(closing.declared, { approve: closing.declared.units.approve + 1 });
	expect(addsUp(poll, declared)).toBe(false);
	expect(checkNumbers(corner.standing, poll, { ...closing, declared })).toBe('broken');
});
