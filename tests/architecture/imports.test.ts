import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Part {
	readonly name: string;
	/** A file belongs to the first part whose pattern fits. Same capture = same unit, and units of one part are strangers. */
	readonly files: RegExp;
	/** The other parts it may import; its own files it always may. */
	readonly parts: readonly string[];
	/** Parts of which only types may come. */
	readonly typesOf?: readonly string[];
	readonly packages: readonly RegExp[];
	readonly rule: string;
}

interface Import {
	readonly specifier: string;
	readonly typeOnly: boolean;
}

const SVELTE = /^svelte(\/|$)/;
const KIT = /^(@sveltejs\/kit(\/|$)|\$app\/|\.\/\$types)/;
const NODE = /^node:/;
const ICONS = /^lucide-static\//;
const QR = /^qr(\/|$)/;

/** The import table of docs/ARCHITECTURE.md, section 2. */
const PARTS: readonly Part[] = [
	{
		name: 'core',
		files: /^src\/core\//,
		parts: [],
		packages: [/^valibot$/, /^@noble\/hashes\//],
		rule: 'src/core is the pure domain: it imports only itself, valibot and @noble/hashes.',
	},
	{
		name: 'adapters',
		files: /^src\/lib\/adapters\/([^/.]+)/,
		parts: ['core'],
		packages: [
			/^dexie$/,
			/^diff$/,
			/^yjs$/,
			/^y-/,
			/^lib0\//,
			/^libsodium-wrappers$/,
			/^@noble\/hashes\//,
			/^valibot$/,
		],
		rule: 'An adapter wraps one library for the core: it knows core and that library, and no other adapter.',
	},
	{
		name: 'session',
		files: /^src\/lib\/session\//,
		parts: ['core', 'adapters'],
		packages: [SVELTE, /^\$app\//],
		rule: 'src/lib/session composes core and adapters; features and routes come after it, libraries stay in adapters.',
	},
	{
		name: 'editor',
		files: /^src\/lib\/features\/(editor)\//,
		parts: ['core', 'session', 'ui', 'i18n'],
		packages: [SVELTE, ICONS, /^\$app\//, /^@tiptap\//, /^yjs$/, /^y-protocols\//],
		rule: 'The editor feature imports core, session, ui, i18n and Tiptap with Yjs; no adapter, no other feature.',
	},
	{
		name: 'publication',
		files: /^src\/lib\/features\/(publication)\//,
		parts: ['core', 'ui', 'i18n'],
		packages: [SVELTE],
		rule: 'What the public sees is drawn from a public document alone: core, ui and i18n; no session, no key, no script.',
	},
	{
		name: 'common',
		files: /^src\/lib\/features\/(common)\//,
		parts: ['core', 'session', 'ui', 'i18n'],
		packages: [SVELTE],
		rule: 'What several features show knows none of them: core, session, ui and i18n.',
	},
	{
		name: 'features',
		files: /^src\/lib\/features\/([^/]+)\//,
		parts: ['core', 'session', 'common', 'ui', 'i18n'],
		packages: [SVELTE, ICONS, /^\$app\//, QR],
		rule: 'A feature imports core, session, common, ui and i18n: no adapter, no other feature, no Dexie, Yjs or Tiptap.',
	},
	{
		name: 'ui',
		files: /^src\/lib\/ui\//,
		parts: [],
		packages: [SVELTE, ICONS, QR],
		rule: 'src/lib/ui knows no word of the domain: only Svelte, icons and qr, and its texts come as properties.',
	},
	{
		name: 'catalogue',
		files: /^src\/lib\/i18n\/messages\//,
		parts: [],
		packages: [],
		rule: 'The sentences of the catalogue are plain JSON.',
	},
	{
		name: 'i18n',
		files: /^src\/lib\/i18n\//,
		parts: ['core'],
		packages: [],
		rule: 'src/lib/i18n is the message catalogue: it may know the refusal codes of core, and nothing else.',
	},
	{
		name: 'server glue',
		files: /^src\/lib\/server\//,
		parts: ['core', 'i18n'],
		packages: [NODE, KIT],
		rule: 'src/lib/server is glue around core for public pages: no session, no features, nothing of server/.',
	},
	{
		name: 'hooks',
		files: /^src\/(hooks[.]|params\/|app\.d\.ts)/,
		parts: ['core', 'i18n', 'server glue'],
		packages: [NODE, KIT],
		rule: 'Hooks and params are glue around core: no session, no features, nothing of server/.',
	},
	{
		name: 'public routes',
		files: /^src\/routes\/\(public\)\//,
		parts: ['publication', 'ui', 'i18n', 'server glue'],
		typesOf: ['core'],
		packages: [SVELTE, KIT, ICONS],
		rule: 'Public pages show what the reader in #lib/server gives them: publication, ui, i18n, types of core; no session.',
	},
	{
		name: 'workspace routes',
		files: /^src\/routes\/\(workspace\)\//,
		parts: ['core', 'session', 'features', 'editor', 'publication', 'ui', 'i18n'],
		packages: [SVELTE, KIT, ICONS],
		rule: 'Workspace pages wire features, session, ui and core: no adapter, no server.',
	},
	{
		name: 'routes',
		files: /^src\/routes\//,
		parts: ['ui', 'i18n'],
		packages: [SVELTE, KIT],
		rule: 'What stands above both route groups serves the public pages too: ui and i18n only.',
	},
	{
		name: 'service worker',
		files: /^src\/service-worker\//,
		parts: [],
		packages: [/^\$service-worker$/],
		rule: 'The service worker caches and nothing else: it imports only $service-worker.',
	},
	{
		name: 'server',
		files: /^server\//,
		parts: ['core', 'catalogue'],
		// lib0 carries the encoders of y-protocols; vite is there for the type of the development plugin.
		packages: [NODE, /^ws$/, /^yjs$/, /^y-protocols\//, /^lib0\//, /^vite$/, /^node-datachannel$/, QR],
		rule: 'server/ runs from source in plain Node: core, sentences, node:*, ws, yjs, y-protocols, WebRTC; no code of src/lib, no Svelte.',
	},
];

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GENERATED = 'src/lib/i18n/paraglide/';

test('every import follows the table of docs/ARCHITECTURE.md, section 2', () => {
	const offences = sourceFiles().flatMap((file) => offencesOf(file, readFileSync(join(ROOT, file), 'utf8')));
	expect(offences.join('\n')).toBe('');
});

test('every source file belongs to a part of the table', () => {
	expect(sourceFiles().filter((file) => !partOf(file))).toEqual([]);
});

test.each([
	['src/core/polls/rules.ts', `import { readFile } from 'node:fs/promises';`],
	['src/core/polls/rules.ts', `export { clock } from '../../lib/adapters/clock.ts';`],
	['src/lib/adapters/relay.ts', `import { store } from './store.ts';`],
	['src/lib/session/workspace.svelte.ts', `import Dexie from 'dexie';`],
	[
		'src/lib/features/polls/Poll.svelte',
		`<script>\n\timport {\n\t\tTopic\n\t} from '../topics/Topic.svelte';\n</script>`,
	],
	['src/lib/features/polls/Poll.svelte', `const { Editor } = await import('@tiptap/core');`],
	['src/lib/ui/Button.svelte', `import { m } from '#lib/i18n/paraglide/messages.js';`],
	['src/routes/(public)/+page.server.ts', `import { tally } from '#core/polls/selectors.ts';`],
	['src/routes/(workspace)/app/+page.ts', `import { start } from '../../../../server/main.ts';`],
	['server/relay/gate.ts', `import '#lib/session/workspace.svelte.ts';`],
])('a forbidden import in %s would be found: %s', (file, code) => {
	expect(offencesOf(file, code)).toHaveLength(1);
});

test.each([
	['src/core/polls/rules.ts', `import { ok } from '../kernel/result.ts';`],
	['src/lib/adapters/store/index.ts', `import { rows } from './rows.ts';`],
	['src/lib/features/polls/Poll.svelte', `import { mayCastBallot } from '#core/polls/rules.ts';`],
	['src/routes/(public)/+page.server.ts', `import type { Publication } from '#core/publication/records.ts';`],
	['server/relay/gate.ts', `// as told in a comment: import x from 'svelte'`],
])('an allowed import in %s passes: %s', (file, code) => {
	expect(offencesOf(file, code)).toEqual([]);
});

function offencesOf(file: string, code: string): string[] {
	const part = partOf(file);
	if (!part) return [];
	return importsOf(code)
		.filter((found) => !isAllowed(part, file, found))
		.map(({ specifier }) => `${file} imports ${specifier}. ${part.rule}`);
}

function isAllowed(part: Part, file: string, { specifier, typeOnly }: Import): boolean {
	if (part.packages.some((pattern) => pattern.test(specifier))) return true;
	const target = pathOf(file, specifier);
	if (target === undefined) return false;
	const targetPart = partOf(target);
	// Styles, pictures, build output: no code of ours.
	if (!targetPart) return true;
	if (targetPart === part && unitOf(part, file) === unitOf(part, target)) return true;
	if (typeOnly && part.typesOf?.includes(targetPart.name)) return true;
	return targetPart !== part && part.parts.includes(targetPart.name);
}

function importsOf(code: string): Import[] {
	const statements = code.matchAll(/^[ \t]*(?:import|export)\b([^'";=]*?)\bfrom\s*['"]([^'"]+)['"]/gm);
	const others = code.matchAll(/(?:^[ \t]*import\s*|\bimport\(\s*)['"]([^'"]+)['"]/gm);
	return [
		...[...statements].map(([, clause = '', specifier = '']) => ({ specifier, typeOnly: /^\s*type\b/.test(clause) })),
		...[...others].map(([, specifier = '']) => ({ specifier, typeOnly: false })),
	];
}

/** The path of a file of ours from the root of the project, or undefined for a package. */
function pathOf(importer: string, specifier: string): string | undefined {
	if (specifier.startsWith('#core/')) return specifier.replace('#core/', 'src/core/');
	if (specifier.startsWith('#lib/')) return specifier.replace('#lib/', 'src/lib/');
	if (specifier.startsWith('.')) return join(dirname(importer), specifier);
	return undefined;
}

function partOf(file: string): Part | undefined {
	return PARTS.find((part) => part.files.test(file));
}

function unitOf(part: Part, file: string): string | undefined {
	return part.files.exec(file)?.[1];
}

function sourceFiles(): string[] {
	return ['src', 'server']
		.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile() && /\.(ts|js|svelte)$/.test(entry.name))
		.map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.filter((file) => !file.startsWith(GENERATED));
}
