import type { RecordId } from '#core/kernel/ids.ts';
import { parseRoom } from '#core/wire/rooms.ts';
import { dateAndTime } from '#lib/i18n/dates.ts';
import { deedName } from '#lib/i18n/deeds.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

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
	return { title: deedName(record.type), about };
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
