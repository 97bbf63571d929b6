import { expect, test } from 'vitest';
import { mayAuthor, type Author } from '#core/roster/permissions.ts';
import { RECORD_TYPES, type RecordType } from '#core/ledger/registry.ts';
import { must } from '../../support/must.ts';
import { holderOf } from '../../support/offering.ts';
import { AUTHORS, AUTHORS_BY_HAND, LETTERS, names, TYPES_BY_HAND } from '../../support/permission-table.ts';
import { Scene } from '../../support/scene.ts';
import { writerFor, writtenBy, type Writer } from '../../support/writers.ts';

const scene = new Scene();
const writers = new Map(AUTHORS.map((author) => [author, writerFor(scene, author)]));
const holder = holderOf(scene.council.corner);

const verdict = (type: RecordType, writer: Writer): string => holder.judge(writtenBy(scene, type, writer));

test('[ROS-1] permissions say exactly what the table of LEDGER 2 says, and nothing that is not named', () => {
	const said = TYPES_BY_HAND.map((type) => {
		// A teller whom the poll names is a member besides.
		const may = (author: Author) =>
			mayAuthor(type, author) || (author.startsWith('poll-') && mayAuthor(type, 'member'));
		return [
			type,
			AUTHORS.filter(may)
				.map((author) => LETTERS[author])
				.join(' '),
		];
	});
	expect(Object.fromEntries(said)).toEqual(AUTHORS_BY_HAND);
	expect(RECORD_TYPES.filter((type) => !(type in AUTHORS_BY_HAND))).toEqual(['genesis']);
});

test.each(TYPES_BY_HAND)('[ADM-4] %s is admitted from exactly the authors whom the table names', (type) => {
	const admitted = AUTHORS.filter((author) => verdict(type, must(writers.get(author))) === 'accept');
	expect(admitted.map((author) => LETTERS[author]).join(' ')).toBe(AUTHORS_BY_HAND[type]);
});

test.each(TYPES_BY_HAND)(
	'[ADM-4] %s from anybody else is refused for its author, not by chance for something else',
	(type) => {
		const denied = AUTHORS.filter((author) => !names(AUTHORS_BY_HAND[type], LETTERS[author]));
		const codes = new Set(denied.map((author) => verdict(type, must(writers.get(author)))));
		expect([...codes]).toEqual(denied.length === 0 ? [] : ['not-permitted']);
	},
);

test('[ADM-2] a genesis of anybody is another grid', () => {
	const codes = AUTHORS.map((author) => verdict('genesis', must(writers.get(author))));
	expect(new Set(codes)).toEqual(new Set(['other-grid']));
});

test('[ADM-4] a founder key cites no grant', () => {
	const founder = must(writers.get('founder'));
	expect(verdict('member.add', { ...founder, as: must(scene.council.as) })).toBe('role-not-held');
});
