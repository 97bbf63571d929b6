import type { AdmissionRefusal } from '#core/ledger/admission.ts';
import type { ApproveRefusal, CosignRefusal } from '#core/minutes/rules.ts';
import type {
	AnswerConsensusRefusal,
	ProposeConsensusRefusal,
	RecordConsensusRefusal,
	ReplyRefusal,
} from '#core/minutes/consensus-rules.ts';
import type { OpenChoiceRefusal } from '#core/polls/households.ts';
import type { BallotRefusal, CertifyRefusal, ClosingRefusal } from '#core/polls/rules.ts';
import type { VouchRefusal } from '#core/polls/vouching.ts';
import type { PublicationRefusal } from '#core/publication/document.ts';
import type { AmendRefusal, PublishRefusal, SecondRefusal } from '#core/publication/rules.ts';
import type { EnterRefusal } from '#core/topics/rules.ts';
import type { CodeRefusal } from '#core/wire/rendezvous.ts';
import { BALLOT_SENTENCES } from './ballot-refusals.ts';
import { DEVICE_SENTENCES, type DeviceRefusal } from './device-refusals.ts';
import { FOUNDING_SENTENCES, type FoundingRefusal } from './founding-refusals.ts';
import { m } from './paraglide/messages.js';
import { OWNER_SENTENCES, type OwnerRefusal } from './owner-refusals.ts';
import { PEOPLE_SENTENCES, type PeopleRefusal } from './people-refusals.ts';

/** Codes that rules and acts answer in place, without a named type. */
type ActRefusal =
	| 'text-invalid'
	| 'procedure-invalid'
	| 'attendance-missing'
	| 'meeting-not-convened'
	| 'meeting-not-open'
	| 'meeting-ended'
	| 'invitation-malformed'
	| 'poll-open';
/** What a relay may answer besides the admission rules. */
type RelayRefusal = 'invite-used-up' | 'blob-not-referenced' | 'blob-hash-wrong' | 'blob-malformed';

/** Every way in which this product says no. */
export type RefusalCode =
	| AdmissionRefusal
	| OpenChoiceRefusal
	| BallotRefusal
	| ClosingRefusal
	| CertifyRefusal
	| VouchRefusal
	| CosignRefusal
	| ApproveRefusal
	| PublicationRefusal
	| PublishRefusal
	| SecondRefusal
	| AmendRefusal
	| ProposeConsensusRefusal
	| AnswerConsensusRefusal
	| RecordConsensusRefusal
	| ReplyRefusal
	| EnterRefusal['code']
	| DeviceRefusal
	| FoundingRefusal
	| PeopleRefusal
	| OwnerRefusal
	| ActRefusal
	| RelayRefusal
	| CodeRefusal;

/** A code without a sentence is a type error here, and a code unknown here is one where it is shown. */
const SENTENCES: Readonly<Record<RefusalCode, () => string>> = {
	...DEVICE_SENTENCES,
	...BALLOT_SENTENCES,
	...FOUNDING_SENTENCES,
	...PEOPLE_SENTENCES,
	...OWNER_SENTENCES,
	// Who may do it
	'not-permitted': m.refusal_not_permitted,
	'role-not-held': m.refusal_role_not_held,
	'key-not-authorized': m.refusal_key_not_authorized,
	'not-own-member': m.refusal_not_own_member,
	'not-a-teller': m.refusal_not_a_teller,
	'own-publication': m.refusal_own_publication,
	'closer-cannot-certify': m.refusal_closer_cannot_certify,
	'count-incomplete': m.poll_certify_incomplete,
	'count-differs': m.poll_certify_differs,
	'defects-not-seen': m.poll_certify_defects,
	'already-certified': m.refusal_already_certified,
	'already-cosigned': m.refusal_already_cosigned,
	// Joining
	'invitation-malformed': m.refusal_invitation_malformed,
	'invite-used-up': m.refusal_invite_used_up,
	'code-malformed': m.relay_code_malformed,
	'code-unknown': m.relay_code_unknown,
	'code-ended': m.relay_code_ended,
	'too-many-tries': m.relay_too_many_tries,
	'relay-unreachable': m.relay_unreachable,
	'relay-full': m.relay_codes_full,
	'join-malformed': m.refusal_join_malformed,
	'key-introduction-invalid': m.refusal_join_malformed,
	// Texts and steps
	'text-invalid': m.refusal_text_invalid,
	'text-not-frozen': m.refusal_text_not_frozen,
	'procedure-invalid': m.refusal_procedure_invalid,
	'no-next-step': m.refusal_no_next_step,
	'gates-closed': m.refusal_gates_closed,
	'stage-forked': m.refusal_stage_forked,
	'step-not-reached': m.refusal_step_not_reached,
	// Meetings
	'meeting-not-convened': m.refusal_meeting_not_convened,
	'meeting-not-open': m.refusal_meeting_not_open,
	'meeting-ended': m.refusal_meeting_ended,
	'not-own-meeting': m.refusal_not_own_meeting,
	'attendance-missing': m.refusal_attendance_missing,
	// Votes
	'poll-under-way': m.refusal_poll_under_way,
	'too-few-tellers': m.refusal_too_few_tellers,
	'no-households': m.refusal_no_households,
	'poll-open': m.refusal_poll_open,
	'poll-malformed': m.refusal_poll_malformed,
	'choice-not-offered': m.refusal_choice_not_offered,
	'not-own-station': m.refusal_not_own_station,
	// Minutes and publication
	'minutes-replaced': m.refusal_minutes_replaced,
	'minutes-approved': m.refusal_minutes_approved,
	'assent-missing': m.refusal_assent_missing,
	'minutes-not-approved': m.refusal_minutes_not_approved,
	'not-decided': m.refusal_not_decided,
	'decision-missing': m.refusal_not_decided,
	'publication-unknown': m.refusal_publication_unknown,
	'blob-missing': m.refusal_blob_missing,
	'already-published': m.refusal_already_published,
	'dissent-unanswered': m.refusal_dissent_unanswered,
	'not-published': m.refusal_not_published,
	// Settling without a vote
	'text-voted-on': m.refusal_text_voted_on,
	'already-settled': m.refusal_already_settled,
	'consensus-not-proposed': m.refusal_consensus_not_proposed,
	'not-settled': m.refusal_not_settled,
	'not-a-dissenter': m.refusal_not_a_dissenter,
	'already-answered': m.refusal_already_answered,
	// What a relay or another phone found wrong with a record: nothing a resident did, and one sentence for all
	'blob-not-referenced': m.refusal_not_understood,
	'blob-hash-wrong': m.refusal_not_understood,
	'blob-malformed': m.refusal_not_understood,
	'wrong-scope': m.refusal_not_understood,
	'wrong-reference': m.refusal_not_understood,
	'other-grid': m.refusal_other_grid,
	'genesis-invalid': m.refusal_genesis_invalid,
	'key-weak': m.refusal_signature_invalid,
	'signature-invalid': m.refusal_signature_invalid,
};

/** What happened and what to do about it, in the reader's language. */
export const refusalText = (code: RefusalCode): string => SENTENCES[code]();

/** For codes that came over the wire: a newer relay may know reasons that this version does not. */
export function refusalTextOf(code: string): string {
	return isRefusalCode(code) ? refusalText(code) : m.refusal_unknown();
}

function isRefusalCode(code: string): code is RefusalCode {
	return Object.hasOwn(SENTENCES, code);
}
