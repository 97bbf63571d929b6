import { comingMeetings, pastMeetings } from '#core/meetings/selectors.ts';
import type { CornerState } from '#core/ledger/fold.ts';
import { meetingTimeText } from '#lib/i18n/meeting-times.ts';

const DAY = 86_400_000;
const EVENING = '19:00';

/** What a new meeting's form begins with: tomorrow, at the hour and the place of the meeting before. */
export function beginning(state: CornerState, now: number): { date: string; time: string; place: string } {
	const last = comingMeetings(state).at(-1) ?? pastMeetings(state)[0];
	return {
		date: meetingTimeText(now + DAY).slice(0, 10),
		time: last?.time.slice(11) ?? EVENING,
		place: last?.place ?? '',
	};
}
