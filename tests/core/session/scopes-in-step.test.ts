import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PollId } from '#core/kernel/ids.ts';
import { ScopesInStep } from '#lib/session/sync/scopes-in-step.ts';

const POLL = 'ab'.repeat(32) as PollId;
const LONG_ENOUGH = 10_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
	const asked: (PollId | null)[] = [];
	let alike: readonly (PollId | null)[] = [];
	const scopes = new ScopesInStep(
		(scope) => asked.push(scope),
		(now) => (alike = [...now]),
	);
	return { scopes, asked, alike: () => alike };
}

test('[PEOPLE-4] only the relay’s word makes a scope alike, and it holds until the connection is lost', () => {
	const { scopes, asked, alike } = watched();
	scopes.moved(POLL);
	expect(alike()).toEqual([]);
	scopes.agreed(null);
	scopes.agreed(POLL);
	expect(alike()).toEqual([null, POLL]);
	scopes.moved(null);
	expect(alike()).toEqual([null, POLL]);
	scopes.forget();
	expect(alike()).toEqual([]);
	vi.advanceTimersByTime(LONG_ENOUGH);
	expect(asked).toEqual([]);
});

test('[PEOPLE-4] what came or went makes it worth asking again, once it has settled', () => {
	const { scopes, asked } = watched();
	for (let batch = 0; batch < 5; batch++) scopes.moved(POLL);
	expect(asked).toEqual([]);
	vi.advanceTimersByTime(LONG_ENOUGH);
	expect(asked).toEqual([POLL]);
	scopes.agreed(POLL);
	scopes.moved(POLL);
	vi.advanceTimersByTime(LONG_ENOUGH);
	expect(asked).toEqual([POLL]);
});
