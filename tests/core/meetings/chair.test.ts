import { expect, test } from 'vitest';
import { conveneMeeting, openMeeting } from '#core/meetings/acts.ts';
import { mayAppointChair, mayEndMeeting, mayOpenMeeting } from '#core/meetings/rules.ts';
import { mayOpenPoll } from '#core/polls/opening-rules.ts';
import { mayClosePoll, mayCorrectClosing } from '#core/polls/rules.ts';
import { appointChair, grantRole } from '#core/roster/acts.ts';
import { verdictOn } from '../../support/offering.ts';
import { Council } from '../../support/council.ts';
import { forge } from '../../support/forging.ts';
import { must } from '../../support/must.ts';

const council = new Council('chair');
const { corner, convener, sun, as } = council;
const [topic, other] = [council.topic(), council.topic('充电棚')];
const convened = (on: typeof topic) =>
	corner.act(convener, (composer) =>
		conveneMeeting(composer, as, { topics: [on], time: '2015-10-21T19:00', place: '茶亭' }),
	);
const [meeting, elsewhere] = [convened(topic), convened(other)];
const grant = corner.act(convener, (composer) => appointChair(composer, as, sun.member, meeting));
const stateOf = (id: typeof meeting) => must(corner.state.meetings.get(id));
const written = (type: 'meeting.open' | 'meeting.end', of: typeof meeting) =>
	verdictOn(corner, forge(corner, sun.device, type, { as: grant, meeting: of }));

test('[MEET-2] a chair opens and ends the one meeting, and no other', () => {
	const { roster } = corner.state;
	expect(mayOpenMeeting(roster, sun.member, stateOf(meeting))).toEqual({ ok: true, value: grant });
	expect(mayOpenMeeting(roster, sun.member, stateOf(elsewhere)).ok).toBe(false);
	expect([written('meeting.open', meeting), written('meeting.open', elsewhere)]).toEqual(['accept', 'not-own-meeting']);
	corner.act(sun, (composer) => openMeeting(composer, grant, meeting));
	expect(mayEndMeeting(corner.state.roster, sun.member, stateOf(meeting)).ok).toBe(true);
});

test('[MEET-2] a chair opens votes on the agenda of the meeting, and on nothing else', () => {
	for (const id of [topic, other]) council.freeze(id);
	const may = (id: typeof topic) => mayOpenPoll(corner.state, sun.member, council.topicState(id));
	expect(may(topic)).toEqual({ ok: true, value: grant });
	expect(may(other)).toEqual({ ok: false, error: 'not-permitted' });
	const own = council.poll(topic);
	const opened = must(corner.ledger.find(own, 'poll.open'));
	const open = (about: typeof topic) =>
		verdictOn(corner, forge(corner, sun.device, 'poll.open', { ...opened.body, as: grant, topic: about }));
	expect([open(topic), open(other)]).toEqual(['accept', 'not-own-meeting']);
});

test('[MEET-2] a chair closes votes on the agenda of the meeting, corrects what was closed, and nothing else', () => {
	const [own, foreign] = [council.poll(topic), council.poll(other)];
	const may = (id: typeof own) => mayClosePoll(corner.state, council.pollState(id), sun.member);
	expect([may(own), may(foreign)]).toEqual([
		{ ok: true, value: grant },
		{ ok: false, error: 'not-permitted' },
	]);
	for (const id of [own, foreign]) council.close(id);
	const mayCorrect = (id: typeof own) => mayCorrectClosing(corner.state, council.pollState(id), sun.member).ok;
	expect([mayCorrect(own), mayCorrect(foreign)]).toEqual([true, false]);
});

test('[MEET-2] a chair is given with a meeting, other offices without, and by nobody below', () => {
	const give = (role: 'chair' | 'teller', of?: typeof meeting) =>
		forge(corner, convener.device, 'role.grant', {
			...(as ? { as } : {}),
			member: sun.member,
			role,
			...(of ? { meeting: of } : {}),
		});
	expect(verdictOn(corner, give('chair'))).toBe('not-own-meeting');
	expect(verdictOn(corner, give('teller', meeting))).toBe('not-own-meeting');
	expect(verdictOn(corner, give('chair', elsewhere))).toBe('accept');
	expect(mayAppointChair(corner.state.roster, council.zhao.member, stateOf(elsewhere)).ok).toBe(false);
	const teller = corner.act(convener, (composer) => grantRole(composer, as, sun.member, 'teller'));
	const below = { as: teller, member: council.zhao.member, role: 'chair', meeting: elsewhere } as const;
	expect(verdictOn(corner, forge(corner, sun.device, 'role.grant', below))).toBe('not-permitted');
});
