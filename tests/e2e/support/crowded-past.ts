import type { MemberId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { addPlace } from '#core/places/acts.ts';
import { addWithoutDevice } from '#core/roster/acts.ts';
import { tellElderDayCare, type ElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import type { StoryCorner } from '../../../server/cli/scenario/people.ts';
import { DAY } from '../../../server/cli/scenario/steps.ts';
import { welcomeMany, type Phone } from '../../support/welcome-many.ts';
import { Chronicle } from './chronicle.ts';
import { longMinutes, residents, titles } from './crowd-words.ts';
import type { Frozen } from './written-chronicle.ts';

const WITH_PHONE = 230;
const WITHOUT_PHONE = 60;
const WAITING = 40;

/** A corner as it is after years, before anybody looks at it. */
export interface CrowdedPast {
	readonly story: ElderDayCare;
	readonly chronicle: Chronicle;
	readonly published: readonly TopicId[];
	/** With long minutes that nobody has agreed to yet. */
	readonly recorded: readonly { readonly topic: TopicId; readonly minutes: RecordId }[];
	readonly frozen: readonly (Frozen & { readonly title: string })[];
	readonly drafts: readonly TopicId[];
	readonly phones: readonly Phone[];
	readonly withoutPhone: readonly MemberId[];
}

/**
 * About 300 members, 40 who wait, a hundred topics and as many places, 40 outcomes, 25 meetings. What was decided is
 * told first, while there are few people and telling goes fast.
 */
export function tellCrowdedPast(): CrowdedPast {
	const story = tellElderDayCare('crowd');
	const { corner } = story;
	const chronicle = new Chronicle(story);
	corner.at = Date.now() - 300 * DAY;
	const long = titles(105);
	const each = <T>(from: number, count: number, tell: (title: string, index: number) => T): readonly T[] =>
		long.slice(from, from + count).map((title, index) => {
			corner.at += DAY;
			return tell(title, index);
		});
	const published = each(0, 40, (title) => publish(story, chronicle, title));
	published.slice(0, 25).forEach((topic, index) => meet(story, chronicle, topic, index));
	each(40, 3, (title) => chronicle.publish(title));
	each(45, 2, (title) => chronicle.announce(title));
	const recorded = each(48, 4, (title) => chronicle.record(title, ...longMinutes()));
	const frozen = each(54, 20, (title) => ({ title, ...chronicle.freeze(title) }));
	const drafts = each(74, 30, (title) => chronicle.propose(title));
	const phones = welcomeMany(corner, residents(WITH_PHONE));
	const withoutPhone = settleWithoutPhone(corner);
	letWait(corner);
	return { story, chronicle, published, recorded, frozen, drafts, phones, withoutPhone };
}

function publish({ people }: ElderDayCare, chronicle: Chronicle, title: string): TopicId {
	const { topic, id } = chronicle.publish(title);
	chronicle.approve(people.tellerTwo, id);
	return topic;
}

function meet({ corner }: ElderDayCare, chronicle: Chronicle, topic: TopicId, index: number): void {
	const time = `2025-${String((index % 12) + 1).padStart(2, '0')}-${String(index + 1).padStart(2, '0')}T19:00`;
	chronicle.end(chronicle.hold([topic], time, [...corner.roster.members.keys()]).meeting);
}

/** In a place of their own each, down from one community to the household. */
function settleWithoutPhone(corner: StoryCorner): readonly MemberId[] {
	const as = corner.grantOf('convener');
	const place = (
		kind: 'community' | 'grid' | 'courtyard' | 'building' | 'household',
		name: string,
		parent?: RecordId,
	) => corner.act(corner.founder, (composer) => addPlace(composer, as, { kind, name, ...(parent && { parent }) }));
	const community = place('community', '翡翠郡社区（含东区、西区和沿街商铺）');
	const grids = ['东区网格', '西区网格', '沿街商铺与单位宿舍网格'].map((name) => place('grid', name, community));
	const courtyards = Array.from({ length: 9 }, (_, index) => place('courtyard', `${index + 1}号院`, grids[index % 3]));
	const buildings = Array.from({ length: 27 }, (_, index) =>
		place('building', `${index + 1}号楼`, courtyards[index % 9]),
	);
	return residents(WITHOUT_PHONE, WITH_PHONE).map((card, index) => {
		const household = place('household', `${Math.floor(index / 27) + 1}单元${101 + index}`, buildings[index % 27]);
		return corner.act(corner.founder, (composer) =>
			addWithoutDevice(composer, as, card, corner.salt(card.name), { household }),
		);
	});
}

/** They have come with an invitation, and nobody has admitted them. */
function letWait(corner: StoryCorner): void {
	const invite = corner.invite(WAITING);
	for (const { name, building } of residents(WAITING, WITH_PHONE + WITHOUT_PHONE))
		corner.join(name, building, corner.deviceFor(name), invite);
}
