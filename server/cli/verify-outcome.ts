import { factsOf } from '#core/bundle/facts.ts';
import type { OutcomeVerdict } from '#core/bundle/verify.ts';
import { isHex32, type GridId } from '#core/kernel/ids.ts';
import { CATALOGUES, sentenceIn, type Sentence } from './catalogue.ts';
import { judgeOutcome } from './judge-outcome.ts';

// `npm run verify-outcome -- FILE [GRID]`: BUNDLE-7. The first line is the verdict, and so is the exit code.
const USAGE =
	'npm run verify-outcome -- FILE [GRID]\nGRID: the 64 characters of the corner’s number, where you know it.';
const VERDICTS = {
	verified: { word: 'VERIFIED', exit: 0 },
	'not-verified': { word: 'NOT VERIFIED', exit: 1 },
	unreadable: { word: 'UNREADABLE', exit: 2 },
} as const;

const [path, grid] = process.argv.slice(2);
if (path === undefined || (grid !== undefined && !isHex32(grid))) say('unreadable', USAGE);
else await run(path, grid as GridId | undefined);

async function run(file: string, ofGrid: GridId | undefined): Promise<void> {
	try {
		const verdict = await judgeOutcome(file, ofGrid);
		say(verdict.verdict, CATALOGUES.map((catalogue) => linesOf(verdict, catalogue).join('\n')).join('\n\n'));
	} catch (failure) {
		say('unreadable', failure instanceof Error ? failure.message : String(failure));
	}
}

function linesOf(verdict: OutcomeVerdict, catalogue: (typeof CATALOGUES)[number]): readonly string[] {
	const nameOf = (kind: string, code: string) => `verify_${kind}${code.replaceAll('-', '_')}` as Sentence;
	if (verdict.verdict === 'unreadable') return [sentenceIn(catalogue, nameOf('', verdict.code))];
	return [
		sentenceIn(catalogue, nameOf('', verdict.verdict)),
		...verdict.reasons.flatMap(({ code, names }) => [
			`- ${sentenceIn(catalogue, nameOf('reason_', code))}`,
			...names.map((name) => `    ${name}`),
		]),
		...factsOf(verdict).map(({ code, params }) => sentenceIn(catalogue, nameOf('fact_', code), params)),
		sentenceIn(catalogue, 'verify_limits'),
	];
}

function say(verdict: keyof typeof VERDICTS, text: string): void {
	console.log(`${VERDICTS[verdict].word}\n${text}`);
	process.exitCode = VERDICTS[verdict].exit;
}
