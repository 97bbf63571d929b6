import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));
const SERVER = fileURLToPath(new URL('../../server/', import.meta.url));
const CATALOGUE = join(SOURCE, 'lib/i18n/messages');
const GENERATED = 'paraglide';

const domains = readdirSync(join(CATALOGUE, 'zh-Hans'));
const chinese = catalogue('zh-Hans');
const english = catalogue('en');

test('[UI-6] every text is in both languages, and none is empty', () => {
	expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
	const empty = [...chinese, ...english].filter(([, text]) => JSON.stringify(text).length <= 2);
	expect(empty).toEqual([]);
});

test('[UI-6] a key stands in one domain only', () => {
	const all = domains.flatMap((file) => keysOf(join(CATALOGUE, 'zh-Hans', file)).map(([key]) => key));
	expect(all.length).toBe(new Set(all).size);
});

test('[UI-6] every text is used', () => {
	const code = [...sources(SOURCE), ...sources(SERVER)].join('\n');
	const unused = [...chinese.keys()].filter((key) => !new RegExp(`\\b${key}\\b`).test(code));
	expect(unused).toEqual([]);
});

test('[UI-6] both languages take the same parameters', () => {
	const parameters = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].sort();
	const differing = [...chinese].filter(
		([key, text]) => parameters(text).join() !== parameters(english.get(key)).join(),
	);
	expect(differing.map(([key]) => key)).toEqual([]);
});

function catalogue(locale: string): ReadonlyMap<string, unknown> {
	return new Map(readdirSync(join(CATALOGUE, locale)).flatMap((file) => keysOf(join(CATALOGUE, locale, file))));
}

function keysOf(file: string): readonly (readonly [string, unknown])[] {
	const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
	return Object.entries(messages).filter(([key]) => key !== '$schema');
}

function sources(folder: string): readonly string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return entry.name === GENERATED ? [] : sources(path);
		return /\.(ts|svelte)$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
	});
}
