import { compareText, type BlobHash, type DeviceKey, type PollId, type RecordId } from '../kernel/ids.ts';
import type { BlobKind } from '../kernel/fields.ts';
import { blobReferences, type LedgerRecord } from './record.ts';
import type { RecordType } from './registry.ts';

/**
 * The grow-only set of a grid's admitted records, by id. There is no delete and no overwrite; adding a record twice
 * changes nothing. Everything that is asked of it has an answer that does not depend on the order of adding.
 */
export class Ledger {
	readonly #records = new Map<RecordId, LedgerRecord>();
	readonly #byType = new Map<RecordType, LedgerRecord[]>();
	readonly #byScope = new Map<PollId | null, Set<RecordId>>();
	/** Sorted ids, until the scope grows: every reconciliation asks for them. */
	readonly #sorted = new Map<PollId | null, readonly RecordId[]>();
	readonly #blobs = new Map<BlobHash, BlobKind>();
	readonly #blobScopes = new Map<BlobHash, Set<PollId | null>>();

	/** Adds a record that admission has accepted. */
	add(record: LedgerRecord): void {
		if (this.#records.has(record.id)) return;
		this.#records.set(record.id, record);
		valueOr(this.#byType, record.type, () => []).push(record);
		valueOr(this.#byScope, record.scope, () => new Set()).add(record.id);
		this.#sorted.delete(record.scope);
		for (const { hash, kind } of blobReferences(record)) this.#noteBlob(hash, kind, record.scope);
	}

	get size(): number {
		return this.#records.size;
	}

	has(id: RecordId): boolean {
		return this.#records.has(id);
	}

	get(id: RecordId): LedgerRecord | undefined {
		return this.#records.get(id);
	}

	/** The record if it is of this type. */
	find<T extends RecordType>(id: RecordId | undefined, type: T): LedgerRecord<T> | undefined {
		const record = id === undefined ? undefined : this.#records.get(id);
		return record?.type === type ? (record as LedgerRecord<T>) : undefined;
	}

	/** All of one type in display order: by (lc, id). */
	ofType<T extends RecordType>(type: T): readonly LedgerRecord<T>[] {
		const records = (this.#byType.get(type) ?? []) as LedgerRecord<T>[];
		return [...records].sort(byDisplayOrder);
	}

	scopes(): readonly (PollId | null)[] {
		return [...this.#byScope.keys()];
	}

	/** Ids of one scope, ascending. */
	idsOf(scope: PollId | null): readonly RecordId[] {
		const held = this.#byScope.get(scope);
		return held ? valueOr(this.#sorted, scope, () => [...held].sort(compareText)) : [];
	}

	all(): Iterable<LedgerRecord> {
		return this.#records.values();
	}

	/** Blobs that held records of a scope name. */
	blobsOf(scope: PollId | null): readonly BlobHash[] {
		return [...this.#blobs.keys()].filter((hash) => this.#blobScopes.get(hash)?.has(scope));
	}

	/** LEDGER 1: a blob is taken only if a held record names it. `member` if any naming field is a member field. */
	blobKind(hash: BlobHash): BlobKind | undefined {
		return this.#blobs.get(hash);
	}

	/** The end of a device's chain in a scope, as held here: where its next record goes on. */
	headOf(by: DeviceKey, scope: PollId | null): LedgerRecord | undefined {
		const own = this.idsOf(scope).map((id) => this.#records.get(id));
		return own.reduce(
			(head, record) => (record?.by === by && record.seq >= (head?.seq ?? 0) ? record : head),
			undefined,
		);
	}

	/** The next value for `lc`, before it is capped. */
	nextLc(): number {
		return [...this.#records.values()].reduce((highest, record) => Math.max(highest, record.lc), 0) + 1;
	}

	#noteBlob(hash: BlobHash, kind: BlobKind, scope: PollId | null): void {
		if (this.#blobs.get(hash) !== 'member') this.#blobs.set(hash, kind);
		valueOr(this.#blobScopes, hash, () => new Set()).add(scope);
	}
}

type Displayed = Pick<LedgerRecord, 'id' | 'lc'>;

/** Display order only; no rule depends on it. */
export function byDisplayOrder(a: Displayed, b: Displayed): number {
	return a.lc - b.lc || compareText(a.id, b.id);
}

function valueOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	const held = map.get(key);
	if (held !== undefined) return held;
	const made = make();
	map.set(key, made);
	return made;
}
