import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CLAUSES, type Judge } from './clauses.ts';
import { MUTATIONS, type Mutation } from './mutations.ts';

const SOURCE = join(import.meta.dirname, '../../../src/core/validity');
/** Inside the project, so that the copies find the packages and `#core`. */
const workshop = mkdtempSync(join(import.meta.dirname, '.mutants-'));
afterAll(() => rmSync(workshop, { recursive: true }));

/** The folder without one clause; what it imports from elsewhere is the real thing. */
async function judgeWithout({ file, from, to }: Mutation, name: string): Promise<Judge> {
	const folder = join(workshop, name);
	cpSync(SOURCE, folder, { recursive: true, filter: (path) => !path.endsWith('.md') });
	for (const part of ['acting-rank', 'approval', 'cuts', 'cutting', 'effect', 'revoking', 'standing', 'view']) {
		const path = join(folder, `${part}.ts`);
		writeFileSync(path, readFileSync(path, 'utf8').replaceAll("from '../", "from '#core/"));
	}
	const path = join(folder, file);
	const pieces = readFileSync(path, 'utf8').split(from);
	expect(pieces, `"${from}" is to stand in ${file} once`).toHaveLength(2);
	writeFileSync(path, pieces.join(to));
	const mutant = (await import(join(folder, 'standing.ts'))) as { readonly Standing: Judge };
	return mutant.Standing;
}

function failing(judge: Judge): readonly string[] {
	return CLAUSES.filter(({ check }) => {
		try {
			check(judge);
			return false;
		} catch {
			return true;
		}
	}).map(({ title }) => title);
}

test.each(MUTATIONS.map((mutation, index) => ({ ...mutation, index })))(
	'[VALID-1] without "$clause" a clause test fails',
	async (mutation) => {
		const judge = await judgeWithout(mutation, `m${mutation.index}`);
		expect(failing(judge)).not.toEqual([]);
	},
);
