import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROWS = readFileSync(join(ROOT, 'docs/THREATS.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('| ') && !line.startsWith('| attack |'));

test('every attack that is written down names its test, and every test that is named is there', () => {
	expect(ROWS.length).toBeGreaterThan(30);
	const titles = ROWS.map((row) =>
		[...(row.split(' | ').at(-1) ?? '').matchAll(/`([^`]+)`/g)].map(([, title]) => title),
	);
	expect(ROWS.filter((_, index) => titles[index]?.length === 0)).toEqual([]);
	const code = testCode();
	const isThere = (title = '') => code.includes(`'${title}'`) || code.includes(`"${title}"`);
	expect(titles.flat().filter((title) => !isThere(title))).toEqual([]);
});

function testCode(): string {
	return readdirSync(join(ROOT, 'tests'), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
		.join('\n');
}
