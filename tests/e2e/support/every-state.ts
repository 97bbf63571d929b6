import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { DAY } from '../../../server/cli/scenario/steps.ts';
import type { ElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { tellChoices, type ChoiceStates } from './choice-states.ts';
import { Chronicle } from './chronicle.ts';
import { NOT_PASSED, PASSED, type Voted } from './voted-chronicle.ts';

/** A corner in the middle of its work: one topic for each state that a screen can show. */
export interface EveryState {
	readonly writing: TopicId;
	readonly planned: { readonly topic: TopicId; readonly meeting: RecordId };
	readonly meeting: RecordId;
	/** Open in the meeting, with a hand count that waits for the second teller. */
	readonly voting: Voted;
	/** Open without a meeting, with a deadline. */
	readonly remote: Voted;
	readonly counting: Voted;
	readonly decided: Voted;
	readonly rejected: Voted;
	readonly recorded: TopicId;
	readonly ready: TopicId;
	readonly seconding: TopicId;
	/** Proposed to be settled without a vote; one teller agrees, one member does not. */
	readonly agreeing: TopicId;
	/** Settled without a vote, with dissent that nobody has answered. */
	readonly settled: TopicId;
	/** Public, with a correction and a telephone number in it. */
	readonly corrected: TopicId;
	readonly withdrawn: TopicId;
	readonly choices: ChoiceStates;
}

/** Goes on telling after the guests have come in, so that they stand on the rolls. */
export function tellEveryState(story: ElderDayCare): EveryState {
	const teller = new Chronicle(story);
	const planned = teller.freeze('北门夜间改为刷卡进出');
	const meeting = teller.convene([planned.topic], '2026-12-05T19:00');
	const voting = teller.openVote('小区东侧空地建电动自行车集中充电棚', 'R12-present');
	const counting = teller.openVote('儿童游乐场换软质地面', 'R12-present');
	return {
		writing: teller.propose('3号楼前停车位重新划线'),
		planned: { topic: planned.topic, meeting },
		meeting: teller.meet(voting, counting),
		...{ voting, counting },
		remote: teller.openVote('每月第一个周六清理楼道堆物', 'R12-all', Date.now() + 2 * DAY),
		decided: teller.decide('没有电梯的楼加装楼道扶手', PASSED),
		rejected: teller.decide('广场舞改到晚上八点半以前结束', NOT_PASSED),
		recorded: teller.record('中心花园增加两处休息座椅').topic,
		ready: teller.announce('垃圾分类投放点改到早晚定时开放'),
		seconding: teller.publish('雨天给快递柜区搭遮雨棚').topic,
		agreeing: teller.settle('楼道照明改成声控灯', false),
		settled: teller.settle('单元门口加一块踏脚垫', true),
		corrected: teller.correct('二号楼前补种两棵树'),
		choices: tellChoices(teller),
		withdrawn: teller.withdraw('物业热线 0531-86012345 贴到每个单元'),
	};
}
