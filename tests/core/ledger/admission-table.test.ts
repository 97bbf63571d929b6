import { expect, test } from 'vitest';
import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { mayAuthor, type Author } from '#core/roster/permissions.ts';
import { RECORD_TYPES, type RecordType } from '#core/ledger/registry.ts';
import { GRANTABLE_ROLES } from '#core/roster/roles.ts';
import { grantRole } from '#core/roster/acts.ts';
import type { SeededKey } from '../../../server/cli/scenario/seeded-key.ts';
import { forge } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { holderOf } from '../../support/offering.ts';
import { Scene } from '../../support/scene.ts';

/** LEDGER 2 once more, by hand: who may author what. T in brackets is a teller whom the poll names. */
const TABLE: Readonly<Record<Exclude<RecordType, 'genesis'>, string>> = {
	invite: 'F C R D',
	join: 'N',
	'member.add': 'F C R D',
	'member.card': 'F C V R T S D M (T)',
	'member.end': 'F C V R T S D M (T)',
	'device.revoke': 'F C V R T S D M (T)',
	'role.end': 'F C R',
	'relay.add': 'F C R',
	'relay.end': 'F C R',
	'place.add': 'F C R',
	'place.end': 'F C R',
	'device.add': 'F C V R T S D M (T)',
	'role.grant': 'F C',
	'topic.open': 'F C V R T S D M (T)',
	'topic.stage': 'C V',
	'text.freeze': 'C S D',
	'meeting.convene': 'C D',
	'meeting.open': 'C',
	'meeting.attendance': 'C S',
	'meeting.end': 'C',
	'poll.open': 'C',
	ballot: 'F C V R T S D M (T)',
	'hand.count': '(T)',
	'poll.close': 'C (T)',
	cosign: 'F C V R T S D M (T)',
	receipt: 'F C V R T S D M (T) (r)',
	consensus: 'C',
	'dissent.reply': 'C S',
	'minutes.freeze': 'C S',
	'minutes.approve': 'C',
	publish: 'C',
	'publish.correct': 'C',
	'publish.withdraw': 'C',
};
const LETTERS: Readonly<Record<Author, string>> = {
	...{ founder: 'F', convener: 'C', reviewer: 'V', registrar: 'R', teller: 'T', secretary: 'S', delegate: 'D' },
	...{ member: 'M', observer: 'O', newcomer: 'N', 'poll-teller': '(T)', relay: '(r)' },
};
const AUTHORS = Object.keys(LETTERS) as Author[];
const TYPES = Object.keys(TABLE) as (keyof typeof TABLE)[];

interface Writer {
	readonly device: SeededKey;
	readonly member: MemberId;
	readonly auth: RecordId;
	readonly as?: RecordId;
}

const scene = new Scene();
const { council } = scene;
const { corner } = council;
const writers = new Map(AUTHORS.map((author) => [author, writerFor(author)]));
const holder = holderOf(corner);

function writerFor(author: Author): Writer {
	const { device, member } = council.convener;
	if (author === 'founder') return { device, member, auth: corner.grid };
	if (author === 'newcomer') return { device: corner.deviceFor('新来的'), member, auth: scene.invite.id };
	if (author === 'relay') return { device: scene.relay.key, member, auth: scene.relay.id };
	if (author === 'poll-teller') return { ...council.chen, auth: authOf(council.chen.device) };
	const person = corner.welcome(`${author} 一人`, '9号楼');
	const writer = { ...person, auth: authOf(person.device) };
	const role = GRANTABLE_ROLES.find((role) => role === author);
	if (!role) return writer;
	return {
		...writer,
		as: corner.actAsFounder((composer) => grantRole(composer, undefined, person.member, role, scene.courtyard)),
	};
}

function authOf({ key }: SeededKey): RecordId {
	return must(corner.state.roster.devices.get(key)?.[0]?.add);
}

function verdict(type: RecordType, { device, member, auth, as }: Writer): string {
	const via = auth === scene.invite.id || auth === scene.relay.id ? authOf(council.convener.device) : auth;
	const bare = scene.bodies(device, member, via)[type];
	const body = as === undefined || type === 'join' ? bare : { as, ...bare };
	return holder.judge(forge(corner, device, type, body, { auth, scope: scene.scopeOf(type) }));
}

test('[ROS-1] permissions say exactly what the table of LEDGER 2 says, and nothing that is not named', () => {
	const said = TYPES.map((type) => {
		// A teller whom the poll names is a member besides.
		const may = (author: Author) => mayAuthor(type, author) || (author === 'poll-teller' && mayAuthor(type, 'member'));
		return [
			type,
			AUTHORS.filter(may)
				.map((author) => LETTERS[author])
				.join(' '),
		];
	});
	expect(Object.fromEntries(said)).toEqual(TABLE);
	expect(RECORD_TYPES.filter((type) => !(type in TABLE))).toEqual(['genesis']);
});

test.each(TYPES)('[ADM-4] %s is admitted from exactly the authors whom the table names', (type) => {
	const admitted = AUTHORS.filter((author) => verdict(type, must(writers.get(author))) === 'accept');
	expect(admitted.map((author) => LETTERS[author]).join(' ')).toBe(TABLE[type]);
});

test.each(TYPES)('[ADM-4] %s from anybody else is refused for its author, not by chance for something else', (type) => {
	const denied = AUTHORS.filter((author) => !TABLE[type].split(' ').includes(LETTERS[author]));
	const codes = new Set(denied.map((author) => verdict(type, must(writers.get(author)))));
	expect([...codes]).toEqual(denied.length === 0 ? [] : ['not-permitted']);
});

test('[ADM-2] a genesis of anybody is another grid', () => {
	const codes = AUTHORS.map((author) => verdict('genesis', must(writers.get(author))));
	expect(new Set(codes)).toEqual(new Set(['other-grid']));
});

test('[ADM-4] a founder key cites no grant', () => {
	const founder = must(writers.get('founder'));
	expect(verdict('member.add', { ...founder, as: must(council.as) })).toBe('role-not-held');
});
