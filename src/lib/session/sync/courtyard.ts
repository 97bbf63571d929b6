import type { Dial } from '#core/wire/line.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import { relaysIn } from '#core/roster/relays.ts';
import { Standing } from '#core/validity/standing.ts';
import { dialDirect } from '#lib/adapters/direct/dial.ts';
import type { CornerCopy } from '../corner-copy.ts';
import type { RelayHere } from './relay-place.ts';
import { endingsOfRelays, type RelayStanding } from './relay-standing.ts';

/** A relay, and the code by which it is found. */
export interface CourtyardRelay extends RelayHere {
	readonly card: RelayCard;
}

/** The relay on a laptop in the courtyard, as its code was read. Nothing is tried before somebody dials. */
export function courtyardRelay(copy: CornerCopy, card: RelayCard): CourtyardRelay {
	const standing = courtyardStanding(copy, card);
	return { card, dial: sharedLine(card), standing, founding: card.pairing ?? undefined, shown: [card.relay] };
}

/** One connection for the trunk and all drafts; another when it has ended. */
function sharedLine(card: RelayCard): Dial {
	let shared: ReturnType<Dial> | undefined;
	const dial: Dial = async () => {
		const link = await dialDirect(card);
		if (!link.ok) shared = undefined;
		else void link.value.ended.then(() => (shared = undefined));
		return link;
	};
	return () => (shared ??= dial());
}

/**
 * REACH-2: only the relay whose code was read, and only while the ledger of this device has taken it on: whoever puts up
 * another laptop under the same name learns nothing.
 */
function courtyardStanding(copy: CornerCopy, { relay: own }: RelayCard): RelayStanding {
	let shown = own;
	const isStranger = (relay = shown) =>
		relay !== own || relaysIn(new Standing(copy.ledger, copy.blob).view).every(({ key }) => key !== own);
	return {
		key: own,
		async met(relay) {
			shown = relay;
		},
		isLetGo: isStranger,
		tellable(rows) {
			if (shown !== own) return [];
			return isStranger() ? endingsOfRelays(copy, rows) : rows;
		},
	};
}
