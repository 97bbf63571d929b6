import type { RecordId } from '#core/kernel/ids.ts';
import type { RecordType } from '#core/ledger/registry.ts';
import { parseRoom } from '#core/wire/rooms.ts';
import { dateAndTime } from '#lib/i18n/dates.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

const DEEDS: Readonly<Record<RecordType, () => string>> = {
	genesis: m.deed_found,
	invite: m.deed_invite,
	join: m.deed_join,
	'member.add': m.deed_add_member,
	'device.add': m.deed_add_device,
	'role.grant': m.deed_give_role,
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
	'minutes.freeze': m.deed_freeze_minutes,
	'minutes.approve': m.deed_approve_minutes,
	publish: m.deed_publish,
};

/** One change as the person who made it would call it. */
export interface Deed {
	readonly title: string;
	readonly about: string | undefined;
}

export function deedOf(workspace: Workspace, id: string): Deed {
	const record = workspace.ledger.get(id as RecordId);
	if (!record) return { title: m.deed_content(), about: undefined };
	const topic = topicOf(workspace, record.body);
	const about = topic === undefined ? dateAndTime(record.at) : m.deed_about({ topic, time: dateAndTime(record.at) });
	return { title: DEEDS[record.type](), about };
}

/** A draft with edits that are not sent. */
export function draftDeed(workspace: Workspace, room: string): Deed {
	const parsed = parseRoom(room);
	if (!parsed.ok || parsed.value.kind === 'ledger') return { title: m.deed_draft(), about: undefined };
	const title = parsed.value.kind === 'minutes' ? m.deed_minutes_draft() : m.deed_draft();
	return {
		title,
		about: workspace.state.topics.has(parsed.value.owner) ? workspace.titleOf(parsed.value.owner) : undefined,
	};
}

function topicOf(workspace: Workspace, body: object): string | undefined {
	const { topic, poll } = body as { readonly topic?: RecordId; readonly poll?: RecordId };
	const about = topic ?? (poll && workspace.state.polls.get(poll)?.topic);
	return about && workspace.titleOf(about);
}
