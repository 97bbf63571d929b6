import type { RecordType } from '#core/ledger/registry.ts';
import { m } from './paraglide/messages.js';

const DEEDS: Readonly<Record<RecordType, () => string>> = {
	genesis: m.deed_found,
	invite: m.deed_invite,
	join: m.deed_join,
	'member.add': m.deed_add_member,
	'member.card': m.deed_change_card,
	'member.home': m.deed_change_home,
	'member.end': m.deed_end_member,
	'device.add': m.deed_add_device,
	'device.revoke': m.deed_revoke_device,
	'role.grant': m.deed_give_role,
	'role.end': m.deed_end_role,
	'relay.add': m.deed_add_relay,
	'relay.end': m.deed_end_relay,
	'place.add': m.deed_add_place,
	'place.end': m.deed_end_place,
	'topic.open': m.deed_open_topic,
	'topic.stage': m.deed_enter_step,
	'text.freeze': m.deed_freeze_text,
	'meeting.convene': m.deed_convene,
	'meeting.open': m.deed_open_meeting,
	'meeting.attendance': m.deed_attendance,
	'meeting.end': m.deed_end_meeting,
	'poll.open': m.deed_open_poll,
	ballot: m.deed_ballot,
	'hand.count': m.deed_hand_count,
	'poll.close': m.deed_close_poll,
	cosign: m.deed_cosign,
	receipt: m.deed_receipt,
	consensus: m.deed_consensus,
	'dissent.reply': m.deed_reply_to_dissent,
	'minutes.freeze': m.deed_freeze_minutes,
	'minutes.approve': m.deed_approve_minutes,
	publish: m.deed_publish,
	'publish.correct': m.deed_correct,
	'publish.withdraw': m.deed_withdraw,
};

/** A record as people would call what was done. */
export const deedName = (type: RecordType): string => DEEDS[type]();
