import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { recordConsensus } from '#core/minutes/acts.ts';
import { cosign } from '#core/polls/acts.ts';
import onSite from '#core/procedures/library/on-site-consultation.json' with { type: 'json' };
import { joinSections, section, type RichText } from '#core/proposals/text.ts';
import { openTopic } from '#core/topics/acts.ts';
import { StoryCorner, type Person } from './people.ts';
import { approveTogether, DAY, enter, freeze, publish, topicOf } from './steps.ts';

/**
 * 香溢紫郡1号楼西侧电梯噪音扰民 (shared case `elevator-noise`, a 2020 report on Licheng): early in June a grid worker
 * hears of it, the community visits, holds a joint meeting and asks residents again and again; on 18 June everybody
 * concerned works on the spot. The report tells of no vote: it is settled by consensus. It tells no names, numbers of
 * people or other dates either: those here are made up, and the corner's name says 演示.
 */
export interface ElevatorNoise {
	readonly corner: StoryCorner;
	readonly topic: TopicId;
	readonly consensus: RecordId;
}

const DEMONSTRATION_NAME = '演示·香溢紫郡议事角';
const EARLY_JUNE = Date.UTC(2020, 5, 5, 1);
const NEIGHBORS = [
	['田秀兰', '1号楼'],
	['许国强', '1号楼'],
	['何文静', '1号楼'],
	['高建平', '2号楼'],
] as const;

/** Tells the case from beginning to public outcome. All keys come from `seed`. */
export function tellElevatorNoise(seed = 'elevator-noise'): ElevatorNoise {
	const corner = new StoryCorner(DEMONSTRATION_NAME, '刘洁', seed, EARLY_JUNE);
	const gridWorker = corner.welcome('张敏', '1号楼', 'secretary');
	const teller = corner.welcome('宋志远', '2号楼', 'teller');
	const neighbors = NEIGHBORS.map(([name, building]) => corner.welcome(name, building));
	const topic = corner.act(gridWorker, (composer) =>
		openTopic(composer, {
			title: '1号楼西侧电梯噪音扰民',
			source: 'grid-worker',
			procedure: { id: onSite.id, version: onSite.version, json: JSON.stringify(onSite) },
		}),
	);
	enter(corner, topic, 'study', 2);
	enter(corner, topic, 'consultation', 3);
	const text = freeze(corner, topic, proposalText());
	const consensus = settle(corner, topic, text, [teller, gridWorker, ...neighbors]);
	corner.at = Date.UTC(2020, 5, 18, 1);
	enter(corner, topic, 'implementation', 0);
	approveTogether(corner, topic, gridWorker, [teller, ...neighbors.slice(0, 2)], minutesText());
	enter(corner, topic, 'feedback', 4);
	publish(corner, topic, teller);
	return { corner, topic, consensus };
}

/** The convener proposes it, everybody is asked, and it is recorded without a vote. */
function settle(corner: StoryCorner, topic: TopicId, text: RecordId, others: readonly Person[]): RecordId {
	const as = corner.grantOf('convener');
	for (const person of [corner.founder, ...others]) {
		corner.at += DAY / 2;
		corner.act(person, (composer) => cosign(composer, undefined, text, 'approve'));
	}
	const considered = topicOf(corner, topic).texts.flatMap(({ assents }) => assents.map(({ id }) => id));
	return corner.act(corner.founder, (composer) => recordConsensus(composer, as, topic, text, considered));
}

function proposalText(): RichText {
	return joinSections(
		section('为什么提出', '有居民反映1号楼西侧电梯运行噪音较大，影响休息。社区多次入户沟通，了解了情况。'),
		section(
			'打算怎么办',
			'请区市场监督管理局质量科、特种设备科，小区物业和电梯维保单位一起到现场办公，检查所有引起噪音的零部件，需要更换的就更换。',
			'网格员同工作人员一起乘坐电梯，用专用设备测量轿厢噪音。',
		),
	);
}

function minutesText(): RichText {
	return joinSections(
		section('经过', '社区对上协调，召开党建联席会议，并反复征求居民意见。没有表决。'),
		section(
			'现场办公',
			'2020年6月18日，多部门现场办公一整天。维保单位检查了所有引起噪音的零部件，更换了导向轮。网格员与工作人员一同乘坐电梯，用专用设备测量，轿厢噪音在55分贝以内。',
		),
		section(
			'以后',
			'维保单位在日常维保之外重点关注1号楼西梯，发现问题及时更换易产生噪音的设施，并加大检查频次。区市场监管局提出上述要求。',
		),
	);
}
