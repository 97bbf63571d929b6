import { groupBy } from '#core/kernel/group.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import type { RecordType } from '#core/ledger/registry.ts';

/** What would be undone, of one kind. */
export interface Undone {
	readonly type: RecordType;
	readonly records: readonly LedgerRecord[];
}

/** People first, then what was decided: what hurts most stands on top. */
const GRAVEST: readonly RecordType[] = ['member.add', 'device.add', 'role.grant', 'poll.close', 'publish', 'poll.open'];

/** PEOPLE-5: records by what was done, the gravest first. */
export function undoneOf(records: readonly LedgerRecord[]): readonly Undone[] {
	const groups = [...groupBy(records, ({ type }) => type)].map(([type, of]) => ({ type, records: of }));
	return groups.sort((a, b) => gravity(a.type) - gravity(b.type));
}

function gravity(type: RecordType): number {
	const place = GRAVEST.indexOf(type);
	return place < 0 ? GRAVEST.length : place;
}
