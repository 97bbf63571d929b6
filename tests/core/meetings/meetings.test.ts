import { expect, test } from 'vitest';
import { conveneMeeting, endMeeting, openMeeting, takeAttendance } from '#core/meetings/acts.ts';
import { mayEndMeeting, mayOpenMeeting, mayTakeAttendance } from '#core/meetings/rules.ts';
import { presentAt, standingAttendance } from '#core/meetings/selectors.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

const plan = { topics: [], time: '2015-10-21T19:00', place: '社区茶亭' };

function convened() {
	const council = new Council();
	const { corner, convener, as } = council;
	const id = corner.act(convener, (composer) => conveneMeeting(composer, as, plan));
	const meeting = () => must(corner.state.meetings.get(id));
	const asked = (member = convener.member) =>
		[mayOpenMeeting, mayTakeAttendance, mayEndMeeting].map((may) => {
			const result = may(corner.state.roster, member, meeting());
			return result.ok ? 'ok' : result.error;
		});
	return { council, id, meeting, asked };
}

test('[MEET-1] a meeting is convened, opened and ended, each once', () => {
	const { council, id, meeting, asked } = convened();
	const { corner, convener, as } = council;
	expect(asked()).toEqual(['ok', 'meeting-not-open', 'meeting-not-open']);
	corner.act(convener, (composer) => openMeeting(composer, as, id));
	expect(meeting().status).toBe('open');
	expect(asked()).toEqual(['meeting-not-convened', 'ok', 'ok']);
	corner.act(convener, (composer) => endMeeting(composer, as, id));
	expect(meeting().status).toBe('ended');
	expect(asked()).toEqual(['meeting-not-convened', 'meeting-not-open', 'meeting-not-open']);
});

test('[MEET-1] only the office opens and ends; the secretary may take attendance', () => {
	const { council, id, asked } = convened();
	council.corner.act(council.convener, (composer) => openMeeting(composer, council.as, id));
	expect(asked(council.zhao.member)).toEqual(['meeting-not-convened', 'not-permitted', 'not-permitted']);
	expect(asked(council.li.member)).toEqual(['meeting-not-convened', 'ok', 'not-permitted']);
});

test('[MEET-1] a new attendance replaces the one before; two apart stand both, and none is the one', () => {
	const { council, meeting } = convened();
	const { corner, convener, as, zhao, sun } = council;
	const before = meeting();
	const take = (at: typeof before, present: typeof zhao) =>
		corner.act(convener, (composer) => takeAttendance(composer, as, at, [present.member], [], corner.salt('x')));
	take(before, zhao);
	take(meeting(), sun);
	expect(presentAt(meeting())).toEqual([sun.member]);
	take(before, zhao);
	expect(meeting().attendances).toHaveLength(2);
	expect(standingAttendance(meeting())).toBeUndefined();
	expect(presentAt(meeting())).toBeUndefined();
});

test('[MEET-1] a meeting that is moved replaces the one it names', () => {
	const { council, id } = convened();
	const { corner, convener } = council;
	const moved = corner.act(convener, (composer) =>
		composer.add('meeting.convene', { as: must(council.as), ...plan, time: '2015-10-28T19:00', after: [id] }),
	);
	expect([...corner.state.meetings.keys()]).toEqual([moved]);
});
