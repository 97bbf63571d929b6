import type { DeviceKey, RecordId } from '../kernel/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { hardReferences } from '../ledger/references.ts';
import { INTRODUCTION } from './login-messages.ts';

/**
 * RELAY-43: the wires that give keys their authority, and what they rest on, for somebody who may not have heard of them:
 * the own key, and for a relay that knows nothing of the grid the key by which the grid has taken that relay on.
 * GONE-4: of a relay that was let go, also by what: whoever dials it learns that before a word.
 * Of too long an ancestry the nearest are sent: whoever is far from knowing the key knows at least its elders.
 */
export function introductionOf(ledger: Ledger, ...keys: readonly DeviceKey[]): readonly Uint8Array[] {
	return withElders(
		ledger,
		keys.flatMap((key) => groundsOf(ledger, key)),
	);
}

/** These records and what they rest on, elders first, within the same limits. */
export function withElders(ledger: Ledger, records: readonly LedgerRecord[]): readonly Uint8Array[] {
	return eldersFirst(nearest(ledger, records)).map(({ wire }) => wire);
}

/** What says of this key who it is: founding, enrolment and its approvals, a relay's admission and end, a join that waits. */
function groundsOf(ledger: Ledger, key: DeviceKey): readonly LedgerRecord[] {
	const devices = ledger.ofType('device.add').filter(({ body }) => body.key === key);
	const enrolled = new Set<RecordId>(devices.map(({ id }) => id));
	const relays = ledger.ofType('relay.add').filter(({ body }) => body.key === key);
	return [
		...ledger.ofType('genesis').filter(({ body }) => body.founders.includes(key)),
		...devices,
		...ledger.ofType('cosign').filter(({ body }) => enrolled.has(body.target)),
		...relays,
		...relays.flatMap(({ id }) => ledger.citing(id, 'relay.end')),
		...ledger.ofType('join').filter(({ by }) => by === key),
	];
}

function nearest(ledger: Ledger, grounds: readonly LedgerRecord[]): ReadonlyMap<RecordId, LedgerRecord> {
	const chosen = new Map<RecordId, LedgerRecord>();
	let bytes = 0;
	// Grows while it is walked: what a record rests on comes behind all that is nearer.
	const open = [...grounds];
	for (const record of open) {
		if (chosen.has(record.id)) continue;
		bytes += record.wire.length;
		if (chosen.size >= INTRODUCTION.records || bytes > INTRODUCTION.bytes) break;
		chosen.set(record.id, record);
		open.push(...hardReferences(record).flatMap((id) => ledger.get(id) ?? []));
	}
	return chosen;
}

function eldersFirst(chosen: ReadonlyMap<RecordId, LedgerRecord>): readonly LedgerRecord[] {
	const placed = new Set<LedgerRecord>();
	const place = (record: LedgerRecord): void => {
		if (placed.has(record)) return;
		for (const id of hardReferences(record)) {
			const elder = chosen.get(id);
			if (elder) place(elder);
		}
		placed.add(record);
	};
	for (const record of chosen.values()) place(record);
	return [...placed];
}
