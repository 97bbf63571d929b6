import type { BlobHash, DeviceKey, GridId, PollId, RecordId } from '../kernel/ids.ts';
import { REVOCATION_TYPES } from '../roster/records.ts';
import { blobHash } from './blobs.ts';
import type { Ledger } from './ledger.ts';
import { encodePayload, MAX_LC, recordId, type UnsignedRecord } from './record.ts';
import type { BodyByType, RecordType } from './registry.ts';

/** On whose behalf records are written. `grid` and `auth` are null only while founding. */
export interface Author {
	readonly key: DeviceKey;
	readonly grid: GridId | null;
	/** The record that gives the key its authority: `device.add`, `invite`, or genesis for founder keys. */
	readonly auth: RecordId | null;
}

interface ChainEnd {
	readonly id: RecordId;
	readonly seq: number;
}

/**
 * Puts together what one act of a person writes: payloads in order, and the blobs they name. Ids are known before
 * anything is signed, because an id leaves the signature out; so a later record of the act can cite an earlier one.
 */
export class Composer {
	readonly payloads: Uint8Array[] = [];
	readonly blobs: Uint8Array[] = [];
	#author: Author;
	readonly #ledger: Ledger;
	readonly #at: number;
	readonly #heads = new Map<PollId | null, ChainEnd>();
	#lc: number;

	/** `at`: claimed milliseconds since 1970, for display. */
	constructor(ledger: Ledger, author: Author, at: number) {
		this.#ledger = ledger;
		this.#author = author;
		this.#at = at;
		this.#lc = ledger.nextLc();
	}

	get key(): DeviceKey {
		return this.#author.key;
	}

	/** Later records of this act cite another authority: while founding, genesis and then the first device. */
	actUnder(grid: GridId, auth: RecordId): void {
		this.#author = { ...this.#author, grid, auth };
	}

	/** The rest of this act is signed under the founder's own authority; only a founder's key may (LEDGER 3.5). */
	actAsFounder(): void {
		this.#author = { ...this.#author, auth: this.#author.grid };
	}

	add<T extends RecordType>(type: T, body: BodyByType[T], scope: PollId | null = null): RecordId {
		const { key, grid, auth } = this.#author;
		const head = this.#headOf(scope);
		const lc = Math.min(this.#lc++, MAX_LC);
		const chain = { seq: head ? head.seq + 1 : 0, prev: head?.id ?? null, lc, at: this.#at };
		const payload = encodePayload({ grid, scope, by: key, auth, ...chain, type, body } as UnsignedRecord);
		const id = recordId(payload);
		this.#heads.set(scope, { id, seq: chain.seq });
		this.payloads.push(payload);
		return id;
	}

	blob(bytes: Uint8Array): BlobHash {
		this.blobs.push(bytes);
		return blobHash(bytes);
	}

	/** Every revocation held, ended proxies among them: what an ending record says it took into account (LEDGER 4.6). */
	get revocations(): readonly RecordId[] {
		const types = [...REVOCATION_TYPES, 'proxy.end'] as const;
		return types.flatMap((type) => this.#ledger.ofType(type).map(({ id }) => id));
	}

	#headOf(scope: PollId | null): ChainEnd | undefined {
		return this.#heads.get(scope) ?? this.#ledger.headOf(this.#author.key, scope);
	}
}

/** A plain member cites no grant. */
export const cited = (as: RecordId | undefined): { as?: RecordId } => (as === undefined ? {} : { as });

/** Bodies leave out what is not there. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
