import { defineConfig } from '@playwright/test';

export default defineConfig({
	testDir: '.',
	testMatch: '*.courtyard.ts',
	outputDir: '../../test-results',
	workers: 1,
	retries: 0,
	forbidOnly: true,
	// Seven pages and two relays share what one has in other tests; what counts is measured and printed.
	timeout: 600_000,
	expect: { timeout: 30_000 },
	reporter: [['list']],
	use: { actionTimeout: 30_000 },
});
