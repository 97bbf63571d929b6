import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SPEC = readFileSync(join(ROOT, 'docs/SPEC.md'), 'utf8');

const prefixOf = (id: string): string => id.slice(0, id.lastIndexOf('-'));
const ids: readonly string[] = [...SPEC.matchAll(/^- \*\*([A-Z][A-Z0-9]*-\d+)\*\* \S/gm)].map(([, id = '']) => id);
const listed = new Set(ids);
/** A section names its prefixes in its heading: `## Decision rules (RULE)`. */
const prefixes = [...SPEC.matchAll(/^## .*\(([A-Z0-9, ]+)\)$/gm)].flatMap(([, names = '']) => names.split(', '));
/** A prefix without a line yet is still to be written down; its ids are checked from the first line on. */
const written = new Set(ids.map(prefixOf));

test('[SPEC] every rule stands once, under a heading that names its prefix, numbered from one', () => {
	expect(ids.length).toBe(listed.size);
	expect(ids.filter((id) => !prefixes.includes(prefixOf(id)))).toEqual([]);
	const gaps = [...written].filter((prefix) => {
		const own = ids.filter((id) => prefixOf(id) === prefix);
		return own.some((id, index) => id !== `${prefix}-${index + 1}`);
	});
	expect(gaps).toEqual([]);
});

test('[SPEC] every rule names its source', () => {
	const lines = SPEC.split('\n').filter((line) => line.startsWith('- **'));
	expect(lines.filter((line) => !/ — \S/.test(line))).toEqual([]);
});

test('[SPEC] every id in a test’s title is in the specification', () => {
	const unknown = titleIds().filter((id) => !isKnown(id));
	expect(unknown).toEqual([]);
});

test('[SPEC] every id in a comment of the code is in the specification', () => {
	const quoted = sources(['src', 'server'], /\.(ts|svelte)$/).flatMap(idsInComments);
	expect(quoted.length).toBeGreaterThan(50);
	expect(quoted.filter((id) => !isKnown(id))).toEqual([]);
});

test('[SPEC] every rule is shown by a test that quotes it', () => {
	const shown = new Set(titleIds());
	expect(ids.filter((id) => !shown.has(id))).toEqual([]);
});

function isKnown(id: string): boolean {
	const prefix = prefixOf(id);
	return written.has(prefix) ? listed.has(id) : prefixes.includes(prefix);
}

function titleIds(): readonly string[] {
	const titles = sources(['tests'], /\.ts$/).flatMap((code) => [...code.matchAll(/['"`]\[([A-Z][A-Z0-9]*-\d+)\]/g)]);
	return titles.map(([, id = '']) => id);
}

/** `POLL-3..4` quotes both. Only known prefixes count, since UTF-8 and SHA-256 are no rules. */
function idsInComments(code: string): readonly string[] {
	const quoted = [...code.matchAll(/\b([A-Z][A-Z0-9]*)-(\d+)(?:\.\.(\d+))?/g)];
	return quoted
		.filter(([, prefix = '']) => prefixes.includes(prefix))
		.flatMap(([, prefix, first, last = first]) => {
			const count = Number(last) - Number(first) + 1;
			return Array.from({ length: count }, (_, index) => `${prefix}-${Number(first) + index}`);
		});
}

function sources(folders: readonly string[], name: RegExp): readonly string[] {
	return folders
		.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile() && name.test(entry.name) && !entry.parentPath.includes('paraglide'))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
