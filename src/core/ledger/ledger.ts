import { compareText, type BlobHash, type DeviceKey, type PollId, type RecordId } from '../kernel/ids.ts';
import type { BlobKind } from '../kernel/fields.ts';
import type { LedgerReader } from './reader.ts';
import type { HeldRecord, LedgerRecord, OpaqueRecord } from './record.ts';
import { blobReferences, hardReferences } from './references.ts';
import type { RecordType } from './registry.ts';

/**
 * The grow-only set of a grid's admitted records, by id. There is no delete and no overwrite; adding a record twice
 * changes nothing. Everything that is asked of it has an answer that does not depend on the order of adding. Records of
 * newer rules lie apart: `holds`, `held`, `everything` and `idsOf` are for passing them on, and nothing else sees them.
 */
export class Ledger implements LedgerReader {
	readonly #records = new Map<RecordId, LedgerRecord>();
	readonly #opaque = new Map<RecordId, OpaqueRecord>();
	readonly #byType = new Map<RecordType, LedgerRecord[]>();
	/** In display order, until another of the type comes. */
	readonly #displayed = new Map<RecordType, readonly LedgerRecord[]>();
	readonly #heads = new Map<string, LedgerRecord>();
	/** By type and the id they name. */
	readonly #citing = new Map<string, LedgerRecord[]>();
	#highestLc = 0;
	readonly #byScope = new Map<PollId | null, Set<RecordId>>();
	/** Sorted ids, until the scope grows: every reconciliation asks for them. */
	readonly #sorted = new Map<PollId | null, readonly RecordId[]>();
	readonly #blobs = new Map<BlobHash, BlobKind>();
	readonly #blobScopes = new Map<BlobHash, Set<PollId | null>>();

	/** Adds a record that admission has accepted. */
	add(record: HeldRecord): void {
		if (this.holds(record.id)) return;
		valueOr(this.#byScope, record.scope, () => new Set()).add(record.id);
		this.#sorted.delete(record.scope);
		if (record.type === 'opaque') this.#opaque.set(record.id, record);
		else this.#addReadable(record);
	}

	#addReadable(record: LedgerRecord): void {
		this.#records.set(record.id, record);
		this.#highestLc = Math.max(this.#highestLc, record.lc);
		valueOr(this.#byType, record.type, () => []).push(record);
		this.#displayed.delete(record.type);
		this.#noteHead(record);
		this.#noteReferences(record);
		for (const { hash, kind } of blobReferences(record)) this.#noteBlob(hash, kind, record.scope);
	}

	get size(): number {
		return this.#records.size + this.#opaque.size;
	}

	/** REC-3: whether somebody writes by newer rules, of which nothing can be shown here. */
	get hasNewerRules(): boolean {
		return this.#opaque.size > 0;
	}

	holds(id: RecordId): boolean {
		return this.#records.has(id) || this.#opaque.has(id);
	}

	held(id: RecordId): HeldRecord | undefined {
		return this.#records.get(id) ?? this.#opaque.get(id);
	}

	everything(): readonly HeldRecord[] {
		return [...this.#records.values(), ...this.#opaque.values()];
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
		const sorted = () => [...(this.#byType.get(type) ?? [])].sort(byDisplayOrder);
		return valueOr(this.#displayed, type, sorted) as readonly LedgerRecord<T>[];
	}

	citing<T extends RecordType>(id: RecordId, type: T): readonly LedgerRecord<T>[] {
		const records = this.#citing.get(`${type}/${id}`) ?? [];
		return [...records].sort(byDisplayOrder) as unknown as readonly LedgerRecord<T>[];
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
		return this.#heads.get(chainName(by, scope));
	}

	/** The next value for `lc`, before it is capped. */
	nextLc(): number {
		return this.#highestLc + 1;
	}

	/** Of the two ends of a forked chain the one with the greater id, so that every copy goes on from the same. */
	#noteHead(record: LedgerRecord): void {
		const chain = chainName(record.by, record.scope);
		const head = this.#heads.get(chain);
		const further = !head || record.seq > head.seq || (record.seq === head.seq && record.id > head.id);
		if (further) this.#heads.set(chain, record);
	}

	#noteReferences(record: LedgerRecord): void {
		for (const id of new Set(hardReferences(record)))
			valueOr(this.#citing, `${record.type}/${id}`, () => []).push(record);
	}

	#noteBlob(hash: BlobHash, kind: BlobKind, scope: PollId | null): void {
		if (this.#blobs.get(hash) !== 'member') this.#blobs.set(hash, kind);
		valueOr(this.#blobScopes, hash, () => new Set()).add(scope);
	}
}

const chainName = (by: DeviceKey, scope: PollId | null) => `${by}/${scope ?? ''}`;

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
