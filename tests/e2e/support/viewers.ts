import { expect, type Browser } from '@playwright/test';
import { inviteMembers } from '#core/roster/acts.ts';
import { formatInvitation } from '#core/roster/invitation.ts';
import { SeededKey } from '../../../server/cli/scenario/seeded-key.ts';
import { apply, found, join, vote } from './acts.ts';
import { tellEveryState, type EveryState } from './every-state.ts';
import { Neighbor } from './neighbor.ts';
import type { StoryViewer } from './screen.ts';
import type { ToldStory } from './told-story.ts';

export type Viewers = Readonly<Record<StoryViewer, Neighbor>>;

/** Brings in whoever looks at the screens, and then tells on until there is something in every state to look at. */
export async function gatherViewers(
	browser: Browser,
	story: ToldStory,
): Promise<{ readonly viewers: Viewers; readonly states: EveryState }> {
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
	const states = tellEveryState(story);
	await story.offer();
	await join(viewers.newcomer, invitation, '6号楼');
	await vote(viewers.member, '同意');
	return { viewers, states };
}

/** Whoever comes with it stays in the list of those who wait. */
function inviteWithoutAdmission({ corner }: ToldStory): string {
	const secret = Buffer.from(corner.salt('waiting')).toString('hex');
	const { key } = SeededKey.ofInvitation(secret);
	const invite = corner.act(corner.founder, (composer) => inviteMembers(composer, corner.grantOf('convener'), key, 10));
	return formatInvitation({ grid: corner.grid, invite, secret });
}
