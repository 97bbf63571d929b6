import type { Card } from '#core/roster/records.ts';
import { section } from '#core/proposals/text.ts';
import type { Section } from './written-chronicle.ts';

/** What people and things are called where hundreds live: short and long, no two the same, and nobody as in the story. */

const SURNAMES = ['林', '何', '郭', '马', '罗', '梁', '宋', '唐', '许', '韩', '欧阳', '上官'];
const GIVEN_NAMES = [
	'桂兰',
	'建国',
	'秀英',
	'德福',
	'玉梅',
	'志强',
	'淑珍',
	'海涛',
	'卫',
	'春',
	'凤霞',
	'国庆',
	'丽华',
];
const LONG_NAMES = ['古丽娜尔·阿布都热合曼', '阿卜杜勒艾则孜·买买提吐尔逊', 'Alexandra Konstantinopoulou-Fenn'];
const HOMES = ['号楼', '号楼2单元1101室', '号院北平房', '号楼底商临街西侧第三间'];
const TITLES = ['物业公司客服主管兼业主委员会联络员', '网格员', '楼门长、老年大学书法班班长'];
const WHERE = [
	'8号楼2单元至12号楼1单元之间的步道',
	'北门',
	'地下车库二层东区',
	'中心花园',
	'3号楼',
	'快递柜旁',
	'西侧围墙',
];
const WHAT = [
	'照明不足，建议增设太阳能路灯并调整开关灯时间',
	'重新划线',
	'夜间施工扰民，请物业与施工方商定作息',
	'加装扶手和坡道，方便坐轮椅的和推婴儿车的邻居',
	'增设休息座椅',
	'垃圾桶离窗户太近',
	'改为刷卡进出，访客由住户在手机上放行',
	'杂草清理',
	'监控摄像头的位置和保存天数',
];

/** The names of `SURNAMES` and `GIVEN_NAMES` are used up one by one; every fifteenth name is a long one. */
export function residents(count: number, from = 0): readonly Card[] {
	return Array.from({ length: count }, (_, index) => residentAt(from + index));
}

/** At most 60 characters, as the app allows. */
export function titles(count: number): readonly string[] {
	return Array.from({ length: count }, (_, index) => `${at(WHERE, index)}${at(WHAT, index)}（${index + 1}）`);
}

export function longMinutes(): readonly Section[] {
	const said = '大家谈到费用、工期和噪声，物业答应把报价单贴在单元门口，有意见的三天内告诉楼门长，下次开会再定。';
	return residents(12).map(({ name }, index) => section(`发言 ${index + 1}`, `${name}：${said}`, said.repeat(3)));
}

function residentAt(index: number): Card {
	const round = Math.floor(index / SURNAMES.length);
	const short = `${at(SURNAMES, index)}${at(GIVEN_NAMES, round)}${at(['', '英', '民'], Math.floor(round / GIVEN_NAMES.length))}`;
	const name = index % 15 === 14 ? `${at(LONG_NAMES, index / 15)}${index}` : short;
	return { name, building: `${(index % 40) + 1}${at(HOMES, index)}`, title: at(TITLES, index) };
}

function at<T>(list: readonly [T, ...T[]] | readonly T[], index: number): T {
	return list[Math.floor(index) % list.length] as T;
}
