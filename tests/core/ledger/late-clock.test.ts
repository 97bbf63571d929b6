import { expect, test } from 'vitest';
import { isClockBehind } from '#core/ledger/late-clock.ts';
import { Council } from '../../support/council.ts';

const DAY = 24 * 3600 * 1000;

test('[CLOCK-3] a clock is said to be behind when two other devices have written more than a day later', () => {
	const council = new Council('late-clock');
	const { corner, zhao, sun, chen } = council;
	const own = zhao.device.key;
	const now = corner.at;
	const isBehind = () => isClockBehind(corner.ledger, own, now);
	corner.at += 366 * DAY;
	council.topic('自己写的', zhao);
	council.topic('一个人写的', sun);
	expect(isBehind()).toBe(false);
	corner.at = now + DAY;
	council.topic('差一天', chen);
	expect(isBehind()).toBe(false);
	corner.at++;
	council.topic('差一天多', chen);
	expect(isBehind()).toBe(true);
	expect(isClockBehind(corner.ledger, own, now + 366 * DAY)).toBe(false);
});
