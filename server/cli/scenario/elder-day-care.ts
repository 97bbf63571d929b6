import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import fiveStep from '#core/procedures/library/five-step-consultation.json' with { type: 'json' };
import { joinSections, section, type RichText } from '#core/proposals/text.ts';
import { addWithoutDevice } from '#core/roster/acts.ts';
import { openTopic } from '#core/topics/acts.ts';
import { voteAtMeeting, type CouncilPeople } from './meeting-vote.ts';
import { StoryCorner } from './people.ts';
import { approveTogether, DAY, enter, freeze, publish } from './steps.ts';

/**
 * 翡翠郡社区老年人日间照料中心 (shared case `elder-day-care`, a 2017 report on Tianqiao): the council collects needs from
 * August 2015, passes the proposal together, studies and announces it; the committee signs in January 2016. The report
 * tells no counts, names or days between: those here are made up, and the corner's name says 演示.
 */
export interface ElderDayCare {
	readonly corner: StoryCorner;
	readonly people: CouncilPeople;
	readonly topic: TopicId;
	readonly poll: PollId;
}

const DEMONSTRATION_NAME = '演示·翡翠郡议事角';
const VOTERS = [
	['赵秀英', '2号楼'],
	['孙德福', '2号楼'],
	['周明', '3号楼'],
	['吴桂兰', '3号楼'],
	['郑海涛', '4号楼'],
	['冯淑珍', '4号楼'],
	['褚卫国', '5号楼'],
] as const;

/** Tells the case from beginning to public outcome. All keys come from `seed`. */
export function tellElderDayCare(seed = 'elder-day-care'): ElderDayCare {
	const corner = new StoryCorner(DEMONSTRATION_NAME, '王芳', seed);
	const tellerOne = corner.welcome('李建国', '1号楼', 'teller', 'secretary');
	const tellerTwo = corner.welcome('陈玉梅', '2号楼', 'teller');
	const voters = VOTERS.map(([name, building]) => corner.welcome(name, building));
	const people = { convener: corner.founder, tellerOne, tellerTwo, voters };
	const withoutPhone = corner.act(corner.founder, (composer) =>
		addWithoutDevice(
			composer,
			corner.grantOf('convener'),
			{ name: '马大爷', building: '5号楼' },
			corner.salt('马大爷'),
		),
	);
	const [proposer = corner.founder] = voters;
	const topic = corner.act(proposer, (composer) =>
		openTopic(composer, {
			title: '老年人日间照料中心引入专业机构统一管理',
			source: 'topic-call',
			procedure: { id: fiveStep.id, version: fiveStep.version, json: JSON.stringify(fiveStep) },
		}),
	);
	enter(corner, topic, 'study', 14);
	enter(corner, topic, 'consultation', 45);
	const text = freeze(corner, topic, proposalText());
	corner.at += 20 * DAY;
	const { poll, meeting } = voteAtMeeting(corner, people, topic, text, withoutPhone);
	enter(corner, topic, 'committee-study', 7);
	approveTogether(corner, topic, tellerOne, [tellerTwo, ...voters.slice(0, 2)], minutesText(corner, meeting));
	enter(corner, topic, 'public-notice', 10);
	publish(corner, topic, tellerTwo);
	return { corner, people, topic, poll };
}

function proposalText(): RichText {
	return joinSections(
		section('为什么提出', '照料中心一直由志愿者轮流管理。来的老人越来越多，志愿者抽不出时间提供更专业的服务。'),
		section('打算怎么办', '请一家专业服务机构统一管理照料中心。志愿者转为陪伴和监督。由社区居委会与机构签订正式协议。'),
	);
}

function minutesText(corner: StoryCorner, meeting: RecordId): RichText {
	const { time = '', place = '' } = corner.state.meetings.get(meeting) ?? {};
	return joinSections(
		section('会议', `时间：${time.replace('T', ' ')}`, `地点：${place}`, '议题：日间照料中心引入专业机构统一管理'),
		section('决定', '同意在日间照料中心引入专业服务机构统一管理，由社区居委会与机构签订正式协议。'),
	);
}
