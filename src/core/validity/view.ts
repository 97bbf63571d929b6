import type { RecordId } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { RecordType } from '../ledger/registry.ts';
import type { Standing } from './standing.ts';

/** A ledger as it reads when records without weight are left out. */
export class LedgerView implements LedgerReader {
	readonly #standing: Standing;
	readonly #ofType = new Map<RecordType, readonly unknown[]>();

	constructor(standing: Standing) {
		this.#standing = standing;
	}

	has(id: RecordId): boolean {
		return this.get(id) !== undefined;
	}

	get(id: RecordId): LedgerRecord | undefined {
		const record = this.#standing.ledger.get(id);
		return record && this.#standing.stands(record) ? record : undefined;
	}

	find<T extends RecordType>(id: RecordId | undefined, type: T): LedgerRecord<T> | undefined {
		return id !== undefined && this.get(id)?.type === type ? this.#standing.ledger.find(id, type) : undefined;
	}

	citing<T extends RecordType>(id: RecordId, type: T): readonly LedgerRecord<T>[] {
		return this.#standing.ledger.citing(id, type).filter((record) => this.has(record.id));
	}

	ofType<T extends RecordType>(type: T): readonly LedgerRecord<T>[] {
		const known = this.#ofType.get(type) as readonly LedgerRecord<T>[] | undefined;
		if (known) return known;
		const standing = this.#standing.ledger.ofType(type).filter((record) => this.has(record.id));
		this.#ofType.set(type, standing);
		return standing;
	}
}
