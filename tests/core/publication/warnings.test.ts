import { describe, expect, test } from 'vitest';
import { findingsIn, type FindingKind } from '#core/publication/warnings.ts';

const NAMES = ['张桂兰', '王伟', '欧阳娜娜', '阿不都·买买提', 'Anna Maria', '李'];

function found(text: string, names: readonly string[] = NAMES): readonly (readonly [FindingKind, string])[] {
	return findingsIn([{ place: 'text', text }], names).map(({ kind, words }) => [kind, words] as const);
}

describe('[PUB-11] before publishing it is pointed out', () => {
	test.each([
		['mobile', '13800138000'],
		['mobile', '138 0013 8000'],
		['mobile', '138-0013-8000'],
		['mobile', '138 00138000'],
		['mobile', '138-001-38000'],
		['mobile', '+86 138 0013 8000'],
		['mobile', '0086-13800138000'],
		['mobile', '１３８００１３８０００'],
		['mobile', '１３８－００１３－８０００'],
		['mobile', '138　0013　8000'],
		['mobile', '138–0013–8000'],
		['landline', '0531-86012345'],
		['landline', '(0531) 86012345'],
		['landline', '（０５３１）８６０１２３４５'],
		['landline', '053186012345'],
		['landline', '010-6601 2345'],
		['landline', '0634 621 2345'],
		['identity-card', '370102196803152127'],
		['identity-card', '37010219680315212X'],
		['identity-card', '37010219680315212x'],
		['identity-card', '370102 19680315 2127'],
		['identity-card', '３７０１０２１９６８０３１５２１２Ｘ'],
		['identity-card', '370102680315212'],
	] as const)('%s %s', (kind, words) => {
		expect(found(`请找他，${words}，谢谢。`)).toEqual([[kind, words]]);
		expect(found(words)).toEqual([[kind, words]]);
	});

	test('a number without an area code, where the words say that it is one to call', () => {
		expect(found('联系电话：86012345')).toEqual([['landline', '86012345']]);
		expect(found('有事拨打 8601-2345')).toEqual([['landline', '8601-2345']]);
		expect(found('编号 86012345')).toEqual([]);
	});

	test.each([
		['张桂兰', '张桂兰说'],
		['张 桂 兰', '由张 桂 兰负责'],
		['张　桂兰', '张　桂兰'],
		['王 伟', '王 伟来过'],
		['欧阳娜娜', '和欧阳娜娜'],
		['阿不都买买提', '请阿不都买买提'],
		['阿不都·买买提', '请阿不都·买买提'],
		['ANNA  maria', 'said ANNA  maria.'],
	])('the name of a member, as in %s', (name, text) => {
		expect(found(text)).toEqual([['name', name]]);
	});
});

describe('[PUB-11] and nothing is pointed out that is none', () => {
	test.each([
		'2015-10-21 19:00',
		'2015年10月21日19时30分',
		'20151021',
		'2015.10.21—2016.01.31',
		'费用13800138000元',
		'共 1380 元，每户 53.5 元',
		'1,380,000.00 元',
		'30000.00 平方米，其中 13456789012 平方米',
		'面积 0531.86 ㎡',
		'3-2-501、1-1-1202，5号楼2单元1301室',
		'应到 3040 人，实到 2712 人',
		'55 分贝，0.5 小时',
		'第 370102 号文件',
		'12345 热线，110，12315',
		'编号 D6A1F2A4，370102196803',
		'民法典第278条，GB/T 10058-2009',
		'2020-06-18 09:00-17:00',
		'李先生、小李、行李',
		'王先生很伟大',
		'Annamaria',
	])('%s', (text) => {
		expect(found(text)).toEqual([]);
	});
});

test('[PUB-11] each finding says where it stands, in the order of the parts', () => {
	const parts = [
		{ place: 'question', text: '是否请张桂兰来管？' },
		{ place: 'minutes', text: '时间：10月21日\n会后请打 13800138000 或 0531-86012345 报名\n散会' },
	] as const;
	expect(findingsIn(parts, NAMES)).toEqual([
		{ kind: 'name', place: 'question', words: '张桂兰', excerpt: '是否请张桂兰来管？' },
		{ kind: 'mobile', place: 'minutes', words: '13800138000', excerpt: '会后请打 13800138000 或 0531-' },
		{ kind: 'landline', place: 'minutes', words: '0531-86012345', excerpt: '38000 或 0531-86012345 报名' },
	]);
});

test('[PUB-11] what is masked is pointed out as a whole, the longer name first', () => {
	expect(found('张桂兰花了钱', ['张桂', '张桂兰'])).toEqual([['name', '张桂兰']]);
	expect(found('', NAMES)).toEqual([]);
	expect(found('张桂兰', [])).toEqual([]);
});
