import { spawnSync } from 'node:child_process';

// `npm run test:e2e -- first-consultation` runs the journeys whose file name contains that word.
const filters = process.argv.slice(2);
const { status } = spawnSync('playwright', ['test', '--config', 'tests/e2e/playwright.config.ts', ...filters], {
	stdio: 'inherit',
});
process.exitCode = status ?? 1;
