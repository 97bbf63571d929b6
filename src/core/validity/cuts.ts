import * as v from 'valibot';
import { groupBy } from '../kernel/group.ts';
import type { DeviceKey, PollId, RecordId } from '../kernel/ids.ts';
import { decodeBlob, type BlobSource } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { cutListField, type Cut, type REVOCATION_TYPES } from '../roster/records.ts';

export type Revocation = LedgerRecord<(typeof REVOCATION_TYPES)[number]>;

/** The records that a revocation leaves standing: what its last good ones rest on in their own chains. */
export class Cuts {
	readonly #ledger: LedgerReader;
	readonly #byKey: ReadonlyMap<DeviceKey, readonly Cut[]>;
	readonly #kept = new Map<DeviceKey, ReadonlySet<RecordId>>();

	constructor(ledger: LedgerReader, cuts: readonly Cut[]) {
		this.#ledger = ledger;
		this.#byKey = groupBy(cuts, ([key]) => key);
	}

	/** VALID-2, LEDGER 3.4: walking `prev` from a last good record of its chain reaches it. */
	spare({ id, by }: LedgerRecord): boolean {
		const kept = this.#kept.get(by) ?? this.#walk(this.#byKey.get(by) ?? []);
		this.#kept.set(by, kept);
		return kept.has(id);
	}

	#walk(cuts: readonly Cut[]): ReadonlySet<RecordId> {
		return new Set(cuts.flatMap(([key, scope, lastGood]) => [...chainBehind(this.#ledger, lastGood, key, scope)]));
	}
}

/** A record and everything before it in its device's chain, as far as it is held; nothing of another chain. */
export function* chainBehind(
	ledger: LedgerReader,
	from: RecordId | null,
	by: DeviceKey,
	scope: PollId | null,
): Generator<RecordId> {
	let record = from === null ? undefined : ledger.get(from);
	while (record?.by === by && record.scope === scope) {
		yield record.id;
		record = record.prev === null ? undefined : ledger.get(record.prev);
	}
}

/** A long list that is not held yet spares nothing: whoever withholds it must not gain by it. */
export function cutsOf({ body }: Revocation, blobs: BlobSource): readonly Cut[] {
	if (body.cutList === undefined) return body.cuts;
	const parsed = v.safeParse(cutListField.schema, decodeBlob(blobs(body.cutList)));
	return parsed.success ? parsed.output : [];
}
