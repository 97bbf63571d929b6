import type { BallotRefusal } from '#core/polls/rules.ts';
import { DEVICE_SENTENCES, type DeviceRefusal } from './device-refusals.ts';
import { m } from './paraglide/messages.js';

/** Why a ballot cannot be cast. */
export type VoteRefusal = BallotRefusal | DeviceRefusal;

export const BALLOT_SENTENCES: Readonly<Record<BallotRefusal, () => string>> = {
	'voter-not-on-roll': m.refusal_voter_not_on_roll,
	'poll-closed': m.refusal_poll_closed,
	'poll-certified': m.refusal_poll_certified,
	'poll-cancelled': m.refusal_poll_cancelled,
	'roll-missing': m.refusal_roll_missing,
	'roll-invalid': m.refusal_roll_invalid,
};

/** `refusalText` for the voter's page, which a phone loads without the sentences of all other pages. */
export const ballotRefusalText = (code: VoteRefusal): string => ({ ...DEVICE_SENTENCES, ...BALLOT_SENTENCES })[code]();
