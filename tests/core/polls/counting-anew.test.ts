import { expect, test } from 'vitest';
import type { PollId } from '#core/kernel/ids.ts';
import { sealStation } from '#core/polls/acts.ts';
import { countAnew } from '#core/polls/correcting.ts';
import { mayCountersignSeal, mayObject, maySeal } from '#core/polls/witness-rules.ts';
import { Council } from '../../support/council.ts';

/** 孙德福 keeps a station, and has sealed what 赵秀英 cast there after the vote was closed without it. */
function closedBeforeTheStationCame() {
	const council = new Council();
	const { corner, sun, zhao, zhou, li } = council;
	const poll = council.poll(council.topic(), 'R12-all', undefined, undefined, { stations: [sun.member] });
	const inTime = council.vote(zhou, poll, 'approve');
	const close = council.close(poll, { without: [[sun.member, '还没有回来']] });
	const sealed = council.vote(zhao, poll, 'approve');
	const seal = corner.act(sun, (composer) => sealStation(composer, poll, sun.member, [sealed]));
	const since = council.vote(li, poll, 'approve');
	const anew = () => countAnew(corner.standing, council.pollState(poll), council.closing(poll, close), undefined);
	return { council, poll, close, seal, inTime, sealed, since, anew };
}

test('[OWN-5] counted anew, a vote takes in what was sealed, and nothing that was cast since', () => {
	const { council, poll, close, seal, inTime, sealed, since, anew } = closedBeforeTheStationCame();
	expect(anew().ids).toEqual([inTime]);
	council.cosign(council.chen, seal, 'seal', poll);
	expect([...anew().ids].sort()).toEqual([inTime, sealed].sort());
	expect(anew().ids).not.toContain(since);
	expect(anew().tally.counts.units.approve).toBe(2);
	const { ids, tally } = anew();
	const corrected = council.close(poll, { ids, declared: tally.counts, seals: [seal], supersedes: close });
	expect(council.audit(poll, corrected).defects).toEqual([]);
});

test('[OWN-5] a correction that lists what was cast since has a defect that everybody finds', () => {
	const { council, poll, close, seal } = closedBeforeTheStationCame();
	council.cosign(council.chen, seal, 'seal', poll);
	const corrected = council.close(poll, { seals: [seal], supersedes: close });
	expect(council.audit(poll, corrected).defects).toEqual(['corrects-too-much']);
});

test('[OWN-4] the witness seals, anybody else countersigns, until the vote is certified', () => {
	const { council, poll, close } = closedBeforeTheStationCame();
	const { sun, zhao, li, chen } = council;
	const now = (id: PollId) => council.pollState(id);
	const may = () => [
		maySeal(now(poll), sun.member).ok,
		maySeal(now(poll), zhao.member).ok,
		mayCountersignSeal(now(poll), sun.member, sun.member).ok,
		mayCountersignSeal(now(poll), sun.member, zhao.member).ok,
	];
	expect(may()).toEqual([true, false, false, true]);
	council.certify(close, li, chen);
	expect(may()).toEqual([false, false, false, false]);
});

test('[OWN-6] whoever is on the roll objects to a closing, once', () => {
	const { council, poll, close, sealed } = closedBeforeTheStationCame();
	const { corner, zhao } = council;
	const may = (member = zhao.member) => mayObject(council.pollState(poll), council.closing(poll, close), member);
	expect(may()).toBe(true);
	expect(may('00'.repeat(32) as typeof zhao.member)).toBe(false);
	corner.act(zhao, (composer) => composer.add('objection', { target: close, ballot: sealed }));
	expect(may()).toBe(false);
});
