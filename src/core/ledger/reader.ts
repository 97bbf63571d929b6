import type { RecordId } from '../kernel/ids.ts';
import type { LedgerRecord } from './record.ts';
import type { RecordType } from './registry.ts';

/**
 * What a fold may ask: the whole ledger answers it, and so does a view that leaves out the records without weight
 * (validity/view.ts).
 */
export interface LedgerReader {
	has(id: RecordId): boolean;
	get(id: RecordId): LedgerRecord | undefined;
	/** The record if it is of this type. */
	find<T extends RecordType>(id: RecordId | undefined, type: T): LedgerRecord<T> | undefined;
	/** All of one type in display order: by (lc, id). */
	ofType<T extends RecordType>(type: T): readonly LedgerRecord<T>[];
	/** Those of a type that name `id` in a hard reference (LEDGER 1), in display order. */
	citing<T extends RecordType>(id: RecordId, type: T): readonly LedgerRecord<T>[];
}
