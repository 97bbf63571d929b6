import { expect, type Browser } from '@playwright/test';
import type { MeetingId, MemberId } from '#core/kernel/ids.ts';
import { inviteMembers } from '#core/roster/acts.ts';
import { formatInvitation } from '#core/roster/invitation.ts';
import { SeededKey } from '../../../server/cli/scenario/seeded-key.ts';
import { must } from '../../support/must.ts';
import { apply, found, join, vote, voteOn } from './acts.ts';
import { Chronicle } from './chronicle.ts';
import { tellEveryState, type EveryState } from './every-state.ts';
import { memberCalled } from './member-called.ts';
import { Neighbor } from './neighbor.ts';
import { OwnersChronicle, type OwnerStates } from './owner-states.ts';
import { letPreside, tellMeetingToPreside } from './presided-meeting.ts';
import type { StoryViewer } from './screen.ts';
import type { ToldStory } from './told-story.ts';

export type Viewers = Readonly<Record<StoryViewer, Neighbor>>;
/** What the screens need to know of the corner, with whatever only the guests can take part in. */
export interface ViewedStates extends EveryState {
	readonly owners: OwnerStates;
	/** A meeting over which the member presides. */
	readonly presided: MeetingId;
}

/** Brings in whoever looks at the screens, and then tells on until there is something in every state to look at. */
export async function gatherViewers(
	browser: Browser,
	story: ToldStory,
): Promise<{ readonly viewers: Viewers; readonly states: ViewedStates }> {
	const arrive = (name: string) => Neighbor.arrive(browser, story.relay, name);
	const viewers: Viewers = {
		convener: await arrive('周海燕'),
		teller: await arrive('吴志强'),
		member: await arrive('郑秀兰'),
		newcomer: await arrive('冯国庆'),
		stranger: await arrive('路人'),
		founder: await arrive('卫东'),
	};
	await found(viewers.founder, story.relay, '新的议事角');
	for (const [index, guest] of [viewers.convener, viewers.teller, viewers.member].entries()) {
		await apply(guest, story.guests[index] ?? '', '6号楼');
		await expect(guest.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
	}
	const invitation = inviteWithoutAdmission(story);
	const guests = { teller: await comeIn(story, viewers.teller), member: await comeIn(story, viewers.member) };
	const every = tellEveryState(story);
	const chronicle = new Chronicle(story);
	const owners = new OwnersChronicle(chronicle, guests);
	const presided = tellMeetingToPreside(chronicle);
	await story.offer();
	await join(viewers.newcomer, invitation, '6号楼');
	await vote(viewers.member, '同意');
	await voteOn(viewers.member, owners.states.defective.poll, '同意');
	letPreside(chronicle, presided, guests.member);
	owners.close();
	await story.offer();
	return { viewers, states: { ...every, owners: owners.states, presided } };
}

/** Answers who it is, once the corner of the story has heard of them. */
async function comeIn({ corner }: ToldStory, { name }: Neighbor): Promise<MemberId> {
	await expect.poll(() => memberCalled(corner, name)).toBeDefined();
	return must(memberCalled(corner, name));
}

/** Whoever comes with it stays in the list of those who wait. */
function inviteWithoutAdmission({ corner }: ToldStory): string {
	const secret = Buffer.from(corner.salt('waiting')).toString('hex');
	const { key } = SeededKey.ofInvitation(secret);
	const invite = corner.act(corner.founder, (composer) => inviteMembers(composer, corner.grantOf('convener'), key, 10));
	return formatInvitation({ grid: corner.grid, invite, secret });
}
