import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BUILT = join(ROOT, 'build/handler.js');
const SOURCES = ['src', 'static', 'package.json', 'svelte.config.js', 'vite.config.ts'];
/** The compiler of the message catalogue writes here while building. */
const GENERATED = 'paraglide';

if (process.env['WEB'] === 'off' || !isStale() || build()) await import('./main.ts');

function isStale(): boolean {
	if (!existsSync(BUILT)) return true;
	const built = statSync(BUILT).mtimeMs;
	return SOURCES.some((source) => newest(join(ROOT, source)) > built);
}

/** The latest change of a file or of anything in a folder, in milliseconds since 1970. */
function newest(path: string): number {
	if (!existsSync(path)) return 0;
	const stats = statSync(path);
	if (!stats.isDirectory()) return stats.mtimeMs;
	const entries = readdirSync(path).filter((name) => name !== GENERATED);
	return entries.reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

function build(): boolean {
	console.log('Building the pages (about half a minute, once after each change)…');
	const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
	const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: ROOT,
		stdio: 'inherit',
	});
	if (status !== 0) process.exitCode = 1;
	return status === 0;
}
