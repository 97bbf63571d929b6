import { expect, test } from 'vitest';
import type { GridId, RecordId } from '#core/kernel/ids.ts';
import { formatInvitation, invitationSeed, parseInvitation } from '#core/roster/invitation.ts';
import { draftRoom, parseRoom, trunkRoom } from '#core/wire/rooms.ts';

const grid = 'ab'.repeat(32) as GridId;
const owner = 'cd'.repeat(32) as RecordId;

test('[WIRE-4] a trunk and the two kinds of drafts are rooms, and their names come back', () => {
	expect(parseRoom(trunkRoom(grid))).toEqual({ ok: true, value: { kind: 'ledger', grid, name: grid } });
	for (const kind of ['topic', 'minutes'] as const) {
		const name = draftRoom(grid, kind, owner);
		expect(parseRoom(name)).toEqual({ ok: true, value: { kind, grid, owner, name } });
	}
});

test.each([
	'',
	'.',
	'lobby',
	grid.toUpperCase(),
	grid.slice(1),
	`${grid}0`,
	` ${grid}`,
	`${grid}/`,
	`${grid}.`,
	`${grid}.topic`,
	`${grid}.topic~`,
	`${grid}.topic~${owner}~x`,
	`${grid}.topic~${owner}.x`,
	`${grid}.topic~${owner.toUpperCase()}`,
	`${grid}.ledger~${owner}`,
	`${grid}.notes~${owner}`,
	`${grid}.__proto__~${owner}`,
	`${grid}.topic~../../etc`,
	`.topic~${owner}`,
	`${grid}\n`,
])('[WIRE-4] "%s" is no room', (name) => {
	expect(parseRoom(name)).toEqual({ ok: false, error: 'no-such-room' });
});

const invitation = { grid, invite: owner, secret: '0123456789abcdef0123456789abcdef' };

test('[JOIN-1] an invitation is read from a link’s fragment, with its hash, in capitals, with spaces around', () => {
	const text = formatInvitation(invitation);
	for (const form of [text, `#${text}`, `# ${text} `.replace('# ', '#'), text.toUpperCase(), ` ${text}\n`])
		expect(parseInvitation(form)).toEqual({ ok: true, value: invitation });
});

test.each([
	'',
	'#',
	`${grid}.${owner}`,
	`${grid}.${owner}.`,
	`${grid}.${owner}.${invitation.secret}0`,
	`${grid}.${owner}.${invitation.secret.slice(1)}`,
	`${grid}.${owner}.${invitation.secret}.more`,
	`${grid.slice(2)}.${owner}.${invitation.secret}`,
	`${grid}.x${owner.slice(1)}.${invitation.secret}`,
	`##${grid}.${owner}.${invitation.secret}`,
	`${grid} ${owner} ${invitation.secret}`,
])('[JOIN-1] "%s" is no invitation', (fragment) => {
	expect(parseInvitation(fragment)).toEqual({ ok: false, error: 'invitation-malformed' });
});

test('[JOIN-1] one secret makes one key, and another secret another', () => {
	const seed = invitationSeed(invitation.secret);
	expect(seed).toHaveLength(32);
	expect(invitationSeed(invitation.secret)).toEqual(seed);
	expect(invitationSeed('f'.repeat(32))).not.toEqual(seed);
	expect(Buffer.from(seed).toString('hex')).not.toContain(invitation.secret);
});
