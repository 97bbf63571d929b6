import type { DeviceKey } from '#core/kernel/ids.ts';
import { isLetGo } from '#core/roster/relays.ts';
import { Standing } from '#core/validity/standing.ts';
import type { OutboxRow } from '#lib/adapters/dexie/database.ts';
import type { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import type { CornerCopy } from '../corner-copy.ts';

/** How the ledger of this device stands to the relay at its address. One that was let go is told its ending, and no more. */
export interface RelayStanding {
	/** The key that it showed last, or by which it is known. */
	readonly key: DeviceKey | undefined;
	/** GONE-3: remembered, so that the next opening of the app need not dial to know whom it would reach. */
	met(relay: DeviceKey): Promise<void>;
	/** GONE-1, by what the ledger says now; of the relay that was met last, if no other is named. */
	isLetGo(relay?: DeviceKey): boolean;
	/** GONE-5: what it may be told of these: everything, or that it was let go. */
	tellable(rows: readonly OutboxRow[]): readonly OutboxRow[];
}

/** `known`: the key that the relay at this address showed last. */
export function relayStanding(copy: CornerCopy, store: LedgerStore, known: DeviceKey | undefined): RelayStanding {
	let key = known;
	const hasLetGo = (relay = key) => isLetGo(new Standing(copy.ledger, copy.blob).view, relay);
	return {
		get key() {
			return key;
		},
		async met(relay) {
			if (relay !== key) await store.rememberRelay((key = relay));
		},
		isLetGo: hasLetGo,
		tellable(rows) {
			return hasLetGo() ? endingsOfRelays(copy, rows) : rows;
		},
	};
}

/** Of what is unsent, that a relay was let go. */
export function endingsOfRelays(copy: CornerCopy, rows: readonly OutboxRow[]): readonly OutboxRow[] {
	return rows.filter(({ id, refusal }) => !refusal && copy.record(id)?.type === 'relay.end');
}
