import { groupBy } from '../kernel/group.ts';
import type { DeviceKey } from '../kernel/ids.ts';
import type { LedgerRecord } from './record.ts';

/** Two or more records of one device at one place of its chain: shown as evidence, and void nothing (LEDGER 1). */
export interface Fork {
	readonly by: DeviceKey;
	readonly seq: number;
	readonly records: readonly LedgerRecord[];
}

/** FORK-1. */
export function forksIn(records: Iterable<LedgerRecord>): readonly Fork[] {
	const places = groupBy(records, ({ by, scope, seq }) => `${by}/${scope ?? ''}/${seq}`);
	const forked = [...places.values()].filter(({ length }) => length > 1);
	return forked.flatMap((same) => (same[0] ? [{ by: same[0].by, seq: same[0].seq, records: same }] : []));
}
