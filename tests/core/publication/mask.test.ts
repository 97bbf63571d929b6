import { expect, test } from 'vitest';
import type { BlockNode } from '#core/proposals/text.ts';
import { maskName, maskNamesIn, maskWords } from '#core/publication/mask.ts';

test.each([
	['张桂兰', '张*兰'],
	['王伟', '王*'],
	['欧阳慧敏', '欧**敏'],
	['王', '*'],
	['', '*'],
	['Maria Lopez', 'M* L*'],
])('[PUB-4] %s is shown as %s', (name, shown) => {
	expect(maskName(name)).toBe(shown);
});

test('[PUB-4] a rare-name character outside the basic plane stays whole', () => {
	expect(maskName('𬭚建国')).toBe('𬭚*国');
	expect(maskName('王𬭚')).toBe('王*');
});

const NAMES = ['张桂兰', '桂兰', '王伟', '阿不都·买买提', 'Anna Maria', '李', 'Jean-Luc Fenn', '刘-王'];

test.each([
	['张桂兰和王伟', '张*兰和王*'],
	['张 桂 兰、王　伟', '张*兰、王*'],
	['桂兰说', '桂*说'],
	['请阿不都买买提来', '请阿*****提来'],
	['thanks to anna  MARIA!', 'thanks to A* M*!'],
	['Annamaria，李子', 'Annamaria，李子'],
	['Jean-Luc  Fenn 和刘-王', 'J* F* 和刘*王'],
	['没有名字', '没有名字'],
])('[PUB-4] a name is found with spaces inside and in other capitals: %s', (written, shown) => {
	expect(maskWords(written, NAMES)).toBe(shown);
});

test('[PUB-4] a name that is partly bold is masked as a whole, and nothing else changes', () => {
	const bold = [{ type: 'bold' }] as const;
	const paragraph: BlockNode = {
		type: 'paragraph',
		content: [
			{ type: 'text', text: '请张' },
			{ type: 'text', text: '桂', marks: bold },
			{ type: 'text', text: '兰负责，王' },
			{ type: 'hardBreak' },
			{ type: 'text', text: '伟不在' },
		],
	};
	expect(maskNamesIn({ type: 'doc', content: [paragraph] }, NAMES).content).toEqual([
		{
			type: 'paragraph',
			content: [
				{ type: 'text', text: '请张*兰' },
				{ type: 'text', text: '负责，王' },
				{ type: 'hardBreak' },
				{ type: 'text', text: '伟不在' },
			],
		},
	]);
});
