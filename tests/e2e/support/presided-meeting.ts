import type { MeetingId, MemberId } from '#core/kernel/ids.ts';
import { appointChair } from '#core/roster/acts.ts';
import type { Chronicle } from './chronicle.ts';

/** Under way, with a vote that is open. */
export function tellMeetingToPreside(chronicle: Chronicle): MeetingId {
	const voting = chronicle.openVote('地下车库出入口加装减速带', 'R12-present');
	const present = [...chronicle.corner.roster.members.keys()];
	const { meeting } = chronicle.hold([voting.topic], '2026-11-30T19:00', present);
	chronicle.cast(voting.poll, ['approve', 'approve', 'reject']);
	return meeting;
}

/** Once a relay knows the meeting. */
export function letPreside(chronicle: Chronicle, meeting: MeetingId, chair: MemberId): void {
	chronicle.asConvener((composer, as) => appointChair(composer, as, chair, meeting));
}
