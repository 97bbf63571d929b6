import { shortHash } from '#core/kernel/ids.ts';
import { authorMember } from '#core/roster/authorship.ts';
import type { Device, Ending } from '#core/roster/state.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { aboutRecord, anyName } from '#lib/i18n/about-record.ts';
import { dateAndTime, fullDate } from '#lib/i18n/dates.ts';
import { deedName } from '#lib/i18n/deeds.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Workspace } from '#lib/session/workspace.svelte.ts';
import { endReasonName } from './end-reasons.ts';

/** What was done, and about what. */
export function deedWords(workspace: Workspace, record: LedgerRecord): string {
	const about = aboutRecord(workspace, record);
	return about ? m.people_deed_about({ deed: deedName(record.type), about }) : deedName(record.type);
}

/** Which phone, since when, brought in by whom. */
export function deviceWords(workspace: Workspace, device: Device): { readonly title: string; readonly meta: string } {
	const add = workspace.ledger.get(device.add);
	const since = add ? fullDate(add.at) : '…';
	const by = add && authorMember(workspace.ledger, add);
	const own = device.key === workspace.corner.key;
	return {
		title: own ? m.people_this_phone({ key: shortHash(device.key) }) : m.people_phone({ key: shortHash(device.key) }),
		meta: by ? m.people_phone_since_by({ since, name: anyName(workspace, by) }) : m.people_phone_since({ since }),
	};
}

/** Who ended it, when and why. */
export function endingWords(workspace: Workspace, { author, reason, at }: Ending): string {
	const who = author === undefined ? m.people_a_founder() : anyName(workspace, author);
	return m.people_ended_by({ who, reason: endReasonName(reason), time: dateAndTime(at) });
}
