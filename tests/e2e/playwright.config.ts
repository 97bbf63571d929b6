import { defineConfig } from '@playwright/test';
import { browserOptions } from '../support/browser.ts';

const jsonReport = process.env['E2E_JSON_REPORT'];

export default defineConfig({
	testDir: '.',
	testMatch: '*.e2e.ts',
	outputDir: '../../test-results',
	workers: 1,
	retries: 0,
	forbidOnly: true,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	reporter: jsonReport ? [['list'], ['json', { outputFile: jsonReport }]] : [['list']],
	use: {
		browserName: 'chromium',
		actionTimeout: 10_000,
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		launchOptions: await browserOptions(),
		screenshot: 'only-on-failure',
		trace: 'retain-on-failure',
	},
});
