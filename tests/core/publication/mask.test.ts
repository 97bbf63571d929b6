import { expect, test } from 'vitest';
import { maskName } from '#core/publication/mask.ts';

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
