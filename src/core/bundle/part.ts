import type { RecordId } from '../kernel/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { HeldRecord } from '../ledger/record.ts';
import { hardReferences } from '../ledger/references.ts';

/**
 * CARRY-4: these records and everything they rest on, so that whoever lacks all of it can take them in. `isKnown`: what
 * the other side is sure to have, which is left out with all that it rests on.
 */
export function withGround(
	ledger: Ledger,
	ids: readonly RecordId[],
	isKnown: (id: RecordId) => boolean = () => false,
): readonly HeldRecord[] {
	const chosen = new Map<RecordId, HeldRecord>();
	// Grows while it is walked.
	const open = [...ids];
	for (const id of open) {
		const record = ledger.held(id);
		if (!record || chosen.has(id)) continue;
		chosen.set(id, record);
		const grounds = record.type === 'opaque' ? [] : hardReferences(record);
		open.push(...grounds.filter((ground) => !isKnown(ground)));
	}
	return [...chosen.values()];
}
