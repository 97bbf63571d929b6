import { expect, test } from 'vitest';
import type { MemberId } from '#core/kernel/ids.ts';
import { keptPolls } from '#lib/session/kept-polls.ts';
import { Council } from '../../support/council.ts';

test('[REACH-5] a phone that carries keeps the ballots of every vote, any other only of those its owner has a part in', () => {
	const council = new Council('carrying');
	const poll = council.poll(council.topic());
	const { state } = council.corner;
	const keptBy = (me: MemberId | undefined, carries: boolean) => keptPolls({ state, me, carries });
	expect(keptBy(council.zhao.member, false)).toEqual([]);
	expect(keptBy(council.zhao.member, true)).toEqual([poll]);
	expect(keptBy(council.li.member, false)).toEqual([poll]);
	expect(keptBy(undefined, true)).toEqual([]);
});
