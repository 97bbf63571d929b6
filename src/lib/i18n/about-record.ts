import type { BlobHash, MemberId, RecordId } from '#core/kernel/ids.ts';
import { decodeTextBlob, type BlobSource } from '#core/ledger/blobs.ts';
import type { LedgerReader } from '#core/ledger/reader.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import type { Card } from '#core/roster/records.ts';
import { cardOf } from '#core/roster/selectors.ts';
import type { Roster } from '#core/roster/state.ts';
import { m } from './paraglide/messages.js';
import { roleName } from './roles.ts';

/** What is held of a corner, as far as records are put into words. */
export interface Held {
	readonly ledger: LedgerReader;
	readonly blob: BlobSource;
	readonly state: { readonly roster: Roster };
	card(hash: BlobHash | undefined): Card | undefined;
}

/** What a record is about, also one that has no weight: a topic, a question, a name; undefined where none helps. */
export function aboutRecord(held: Held, record: LedgerRecord): string | undefined {
	switch (record.type) {
		case 'topic.open':
			return decodeTextBlob(held.blob(record.body.title));
		case 'poll.open':
			return record.body.question;
		case 'member.add':
		case 'member.card':
		case 'join':
			return held.card(record.body.card)?.name;
		case 'device.add':
			return anyName(held, record.body.member);
		case 'role.grant':
			return m.people_role_of({ role: roleName(record.body.role), name: anyName(held, record.body.member) });
		case 'place.add':
		case 'relay.add':
			return record.body.name;
		default:
			return aboutItsGround(held, record);
	}
}

/** The name on the newest card, or on the first one of somebody who is on no roster any more. */
export function anyName(held: Held, member: MemberId | undefined): string {
	const first = held.ledger.find(member, 'member.add')?.body.card;
	return held.card(cardOf(held.state.roster, member) ?? first)?.name ?? m.people_somebody();
}

function aboutItsGround(held: Held, { body }: LedgerRecord): string | undefined {
	const { topic, poll, target, member } = body as Readonly<Record<string, RecordId | undefined>>;
	const ground = [topic, poll, target, member].flatMap((id) => (id && held.ledger.get(id)) ?? [])[0];
	return ground && aboutRecord(held, ground);
}
