import { expect, test } from 'vitest';
import { compareText } from '#core/kernel/ids.ts';
import { meaningOf, NAMES, readFile, readMeanings, type Meaning } from './golden.ts';

const recorded = readMeanings();
const meanings = new Map<string, Meaning>();
const meaning = (name: (typeof NAMES)[number]): Meaning => {
	const known = meanings.get(name) ?? meaningOf(readFile(name));
	meanings.set(name, known);
	return known;
};

test.each(NAMES)('[FOLD-4] %s: every record of an earlier version is still admitted', (name) => {
	const { records, blobs } = recorded[name] ?? {};
	expect(meaning(name)).toMatchObject({ records, blobs });
	expect(readFile(name).records).toHaveLength(records ?? -1);
});

test.each(NAMES)('[FOLD-4] %s: its polls have the same outcomes, counts, defects and late ballots', (name) => {
	expect(meaning(name).polls).toEqual(recorded[name]?.polls);
});

test.each(NAMES)('[FOLD-2] %s folds to the recorded hash', (name) => {
	expect(meaning(name).state).toBe(recorded[name]?.state);
});

test.each(NAMES)('[FOLD-3] the scopes of %s have the recorded hashes', (name) => {
	expect(meaning(name).scopes).toEqual(recorded[name]?.scopes);
});

test.each(NAMES)('[FOLD-1] %s says the same, in whatever order it is read', (name) => {
	const file = readFile(name);
	const backwards = [...file.records].sort((a, b) => compareText(b.id, a.id));
	expect(meaningOf({ ...file, records: backwards, blobs: [...file.blobs].reverse() })).toEqual(meaning(name));
});

test('[FOLD-4] between them they hold what a vote can be', () => {
	const polls = JSON.stringify(Object.values(recorded).map((one) => one.polls));
	const words = ['certified', 'contested', 'cancelled', 'open', 'passed', 'not-quorate', 'differs', 'rounds', 'area'];
	expect(words.filter((word) => !polls.includes(`"${word}"`))).toEqual([]);
});
