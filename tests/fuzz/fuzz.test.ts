import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { runCases } from './cases.ts';
import { makeCorpus } from './corpus.ts';

test('20,000 mutated records, files, frames and bytes: no reader throws, hangs, or takes what nobody wrote', async () => {
	const seed = randomInt(2 ** 31);
	console.log(`fuzz seed ${seed}: npm run fuzz -- ${seed}`);
	const { cases } = await runCases(makeCorpus(), { seed, from: 0, cases: 20_000 });
	expect(cases).toBe(20_000);
}, 120_000);
