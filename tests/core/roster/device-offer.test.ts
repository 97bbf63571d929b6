import { expect, test } from 'vitest';
import { possessionMessage } from '#core/ledger/signatures.ts';
import { addOwnDevice } from '#core/roster/device-acts.ts';
import {
	formatDeviceAnswer,
	formatDeviceOffer,
	mayAddAnswered,
	parseArrival,
	parseDeviceAnswer,
	parseDeviceOffer,
} from '#core/roster/device-offer.ts';
import { formatInvitation, type Invitation } from '#core/roster/invitation.ts';
import { Council } from '../../support/council.ts';

const { corner, zhao } = new Council('device offer');
const offer = { grid: corner.grid, introducer: corner.authorityOf(zhao) };
const tablet = corner.deviceFor('赵秀英的平板');
const answer = {
	grid: corner.grid,
	key: tablet.key,
	pop: tablet.sign(possessionMessage(corner.grid, offer.introducer, tablet.key)),
};

test('[JOIN-2] question and answer are read back from their links, in any case, with or without the #', () => {
	const question = formatDeviceOffer(offer);
	expect(parseDeviceOffer(`#${question.toUpperCase()} `)).toEqual({ ok: true, value: offer });
	expect(parseDeviceAnswer(`#${formatDeviceAnswer(answer)}`)).toEqual({ ok: true, value: answer });
});

test('[JOIN-2] anything cut, lengthened, or of another kind is malformed', () => {
	const question = formatDeviceOffer(offer);
	const reply = formatDeviceAnswer(answer);
	const invitation = `${offer.grid}.${offer.introducer}.${'ab'.repeat(16)}`;
	for (const wrong of [
		'',
		'#',
		'device',
		question.slice(0, -1),
		`${question}.0`,
		reply,
		invitation,
		`${question}${' '.repeat(400)}`,
	])
		expect([wrong, parseDeviceOffer(wrong).ok]).toEqual([wrong, false]);
	for (const wrong of ['', reply.slice(0, -2), `${reply}.`, question, invitation, 'z'.repeat(258), reply.repeat(9)])
		expect([wrong, parseDeviceAnswer(wrong).ok]).toEqual([wrong, false]);
});

test('[JOIN-2] a link to come in by is an invitation or a question of an own phone, told apart by what it says', () => {
	const invitation: Invitation = { grid: corner.grid, invite: offer.introducer, secret: 'ab'.repeat(16) };
	expect(parseArrival(formatDeviceOffer(offer))).toEqual({ ok: true, value: { by: 'device', offer } });
	expect(parseArrival(formatInvitation(invitation))).toEqual({ ok: true, value: { by: 'invitation', invitation } });
	expect(parseArrival('device.nonsense')).toEqual({ ok: false, error: 'invitation-malformed' });
});

test('[JOIN-3] an answer serves in its own corner only, and once', () => {
	const other = new Council('another corner').corner;
	expect(mayAddAnswered(corner.roster, answer).ok).toBe(true);
	expect(mayAddAnswered(other.roster, answer)).toEqual({ ok: false, error: 'device-other-grid' });
	corner.act(zhao, (composer) => addOwnDevice(composer, zhao.member, offer.introducer, answer));
	expect(mayAddAnswered(corner.roster, answer)).toEqual({ ok: false, error: 'device-known' });
});
