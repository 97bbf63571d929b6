import type { RecordId } from '#core/kernel/ids.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import { LIMITS } from './limits.ts';

/**
 * Records of one connection that cite something not held yet, by what they miss. The oldest is dropped when there are
 * too many; its sender still has it as unsent and offers it again.
 */
export class Waiting {
	readonly #held = new Map<RecordId, { readonly record: HeldRecord; readonly missing: RecordId }>();
	readonly #byMissing = new Map<RecordId, Set<RecordId>>();
	#bytes = 0;

	hold(record: HeldRecord, missing: RecordId): void {
		if (this.#held.has(record.id)) return;
		this.#held.set(record.id, { record, missing });
		this.#bytes += record.wire.length;
		const waiting = this.#byMissing.get(missing) ?? new Set();
		this.#byMissing.set(missing, waiting.add(record.id));
		while (this.#held.size > LIMITS.heldRecords || this.#bytes > LIMITS.heldBytes) this.#dropOldest();
	}

	/** Takes out what waited for this record. */
	take(arrived: RecordId): readonly HeldRecord[] {
		const ids = this.#byMissing.get(arrived) ?? [];
		this.#byMissing.delete(arrived);
		return [...ids].flatMap((id) => this.#release(id) ?? []);
	}

	#release(id: RecordId): HeldRecord | undefined {
		const record = this.#held.get(id)?.record;
		this.#bytes -= record?.wire.length ?? 0;
		this.#held.delete(id);
		return record;
	}

	#dropOldest(): void {
		const [oldest] = this.#held;
		if (!oldest) return;
		const [id, { missing }] = oldest;
		this.#release(id);
		const others = this.#byMissing.get(missing);
		others?.delete(id);
		if (others?.size === 0) this.#byMissing.delete(missing);
	}
}
