import { expect, test } from 'vitest';
import { FILTERS, isShown } from '#lib/features/topics/topic-filter.ts';
import type { Standing } from '#lib/features/topics/standing.ts';

const STANDINGS: readonly Standing[] = [
	...(['writing', 'frozen', 'agreeing', 'voting', 'counting', 'not-passed'] as const),
	...(['decided', 'recorded', 'seconding', 'published', 'withdrawn'] as const),
];

test('[UI-7] every topic is found under exactly one heading, and under "all"', () => {
	for (const standing of STANDINGS) {
		const under = FILTERS.filter(({ value }) => isShown(standing, '加装电梯', value, '')).map(({ value }) => value);
		expect(under).toHaveLength(2);
		expect(under[0]).toBe('all');
	}
});

test('[UI-7] words of the title find a topic, whatever their case and the spaces around them', () => {
	const shown = (wanted: string) => isShown('voting', '加装电梯 Lift', 'all', wanted);
	expect(['电梯', ' lift ', '', '车位'].map(shown)).toEqual([true, true, true, false]);
	expect(isShown('voting', '加装电梯', 'public', '电梯')).toBe(false);
});
