/**
 * `npm run test:courtyard`: a courtyard without internet on real networks (Linux network namespaces), with real browsers
 * and real relays. Needs `npm run build`, root, and iproute2. Ends with 77 where these are missing: nothing was shown.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canMakeNetworks, clearNetworks } from './networks.ts';

const NOTHING_SHOWN = 77;
const BUILT = fileURLToPath(new URL('../../build/handler.js', import.meta.url));

const missing = whatIsMissing();
if (missing === undefined) runStory();
else {
	console.error(missing);
	process.exitCode = NOTHING_SHOWN;
}

function whatIsMissing(): string | undefined {
	if (process.platform !== 'linux') return 'Network namespaces exist on Linux only.';
	if (process.getuid?.() !== 0) return 'Making network namespaces needs root: run it as root.';
	if (spawnSync('ip', ['-Version']).status !== 0) return 'The command `ip` is missing: install iproute2.';
	if (!canMakeNetworks()) return 'This machine lets nobody make network namespaces, root included.';
	if (!existsSync(BUILT)) return 'The app is not built: run `npm run build` first.';
	return undefined;
}

function runStory(): void {
	// Playwright is told by Ctrl-C itself, and cleans up; this process stays to look after what it left.
	process.on('SIGINT', () => {});
	clearNetworks();
	try {
		const { status } = spawnSync('playwright', ['test', '--config', 'tests/courtyard/playwright.config.ts'], {
			stdio: 'inherit',
		});
		process.exitCode = status ?? 1;
	} finally {
		clearNetworks();
	}
}
