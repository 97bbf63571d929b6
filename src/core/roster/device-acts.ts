import { encodeMemberBlob } from '../ledger/blobs.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import type { DeviceKey, MemberId, RecordId } from '../kernel/ids.ts';
import type { Home, Introduction } from './acts.ts';
import { cardField, type Card } from './records.ts';
import type { CouncilMember, Newcomer } from './state.ts';

/** A person's further phone, brought in by one of the own. `pop` is over the own `device.add`. */
export function addOwnDevice(
	composer: Composer,
	member: MemberId,
	own: RecordId,
	{ key, pop }: Introduction,
): RecordId {
	return composer.add('device.add', { member, key, via: own, pop });
}

/** A new phone of somebody who is on the roster and asked to join with it; it may want an approval (VALID-6). */
export function addDeviceOfMember(
	composer: Composer,
	as: RecordId | undefined,
	member: MemberId,
	newcomer: Newcomer,
	pop: Uint8Array,
): RecordId {
	return composer.add('device.add', { ...cited(as), member, key: newcomer.key, via: newcomer.join, pop });
}

export function changeCard(
	composer: Composer,
	as: RecordId | undefined,
	member: CouncilMember,
	card: Card,
	salt: Uint8Array,
): RecordId {
	const blob = composer.blob(encodeMemberBlob(cardField, card, salt));
	return composer.add('member.card', { ...cited(as), member: member.id, card: blob, after: member.cards });
}

/** PLACE-4: where somebody lives from now on; what `home` does not name is nowhere. */
export function changeHome(
	composer: Composer,
	as: RecordId | undefined,
	member: Pick<CouncilMember, 'id' | 'homes'>,
	home: Home,
): RecordId {
	return composer.add('member.home', { ...cited(as), member: member.id, ...home, after: member.homes });
}

/** A relay may carry, and signs nothing but receipts. `fingerprint`: 32 bytes. */
export function addRelay(
	composer: Composer,
	as: RecordId | undefined,
	relay: { readonly key: DeviceKey; readonly name: string; readonly fingerprint: Uint8Array },
): RecordId {
	return composer.add('relay.add', { ...cited(as), ...relay });
}

export function endRelay(composer: Composer, as: RecordId | undefined, relay: RecordId): RecordId {
	return composer.add('relay.end', { ...cited(as), target: relay });
}
