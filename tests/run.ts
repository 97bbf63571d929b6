import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
	readonly passed: number;
	readonly failed: number;
}

interface Outcome extends Count {
	readonly stage: string;
	readonly ok: boolean;
	readonly seconds: number;
}

const reports = mkdtempSync(join(tmpdir(), 'council-corner-'));
const vitestReport = join(reports, 'vitest.json');
const e2eReport = join(reports, 'e2e.json');
process.env['E2E_JSON_REPORT'] = e2eReport;

// One after another: they share two cores, and the journeys need the build.
const outcomes = [
	runStage('check', ['run', 'check']),
	runStage('build', ['run', 'build']),
	runStage(
		'vitest',
		['run', 'test:unit', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
		() => countVitest(vitestReport),
	),
	runStage('e2e', ['run', 'test:e2e'], () => countPlaywright(e2eReport)),
];
rmSync(reports, { recursive: true });
printSummary(outcomes);

function runStage(stage: string, npmArguments: string[], count?: () => Count): Outcome {
	console.log(`\n── ${stage}`);
	const start = performance.now();
	const ok = spawnSync('npm', npmArguments, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
	const seconds = (performance.now() - start) / 1000;
	const { passed, failed } = count?.() ?? { passed: 0, failed: 0 };
	// A stage can break without a test that failed: a type error, a build error, a crash.
	return { stage, ok, seconds, passed, failed: ok ? failed : Math.max(failed, 1) };
}

function countVitest(file: string): Count {
	const report = readReport(file) as { numPassedTests: number; numFailedTests: number } | undefined;
	return { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 };
}

function countPlaywright(file: string): Count {
	const report = readReport(file) as { stats: { expected: number; unexpected: number; flaky: number } } | undefined;
	if (!report) return { passed: 0, failed: 0 };
	return { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky };
}

function readReport(file: string): unknown {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function printSummary(all: readonly Outcome[]): void {
	console.log('\n── summary');
	for (const { stage, ok, seconds, passed, failed } of all) {
		const verdict = ok ? 'ok' : 'FAILED';
		console.log(
			`${stage.padEnd(8)}${seconds.toFixed(1).padStart(7)} s  ${verdict.padEnd(7)}${passed}/${passed + failed}`,
		);
	}
	const sum = (pick: (outcome: Outcome) => number): number => all.reduce((total, outcome) => total + pick(outcome), 0);
	const failed = sum((outcome) => outcome.failed);
	process.exitCode = failed === 0 ? 0 : 1;
	console.log(`\n${sum((outcome) => outcome.passed)} passed, ${failed} failed`);
}
