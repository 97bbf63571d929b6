import { toHex, type BlobHash, type GridId, type RecordId } from '#core/kernel/ids.ts';
import { examine, type AdmissionRefusal } from '#core/ledger/admission.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { ownSignature } from '#core/ledger/signatures.ts';
import { parseWire, type HeldRecord, type LedgerRecord } from '#core/ledger/record.ts';
import type { LedgerStore, NewRecord } from '#lib/adapters/dexie/ledger-store.ts';
import { verify } from '#lib/adapters/signer.ts';

const MAX_HELD_BACK = 4096;

/** What became of received wires: admitted now, and refused with a reason. The rest waits for what it cites. */
export interface Received {
	readonly admitted: readonly HeldRecord[];
	readonly refused: readonly { readonly id: RecordId; readonly code: AdmissionRefusal }[];
}

/** This device's copy of a grid: the ledger in memory, kept in step with IndexedDB. */
export class CornerCopy {
	readonly ledger = new Ledger();
	readonly #blobs = new Map<BlobHash, Uint8Array>();
	/** DEV-11: given up, and not missed until somebody asks. */
	#aside: ReadonlySet<BlobHash> = new Set();
	/** Asked for since, and so not to be given up again. */
	#wanted: ReadonlySet<BlobHash> = new Set();
	/** By id and signature: a badly signed copy must not push out the good one. */
	readonly #waiting = new Map<string, HeldRecord>();
	/** Signatures of records that were found true; by the very bytes, so that they are forgotten with their record. */
	readonly #signed = new WeakSet<Uint8Array>();
	readonly #store: LedgerStore;
	#lastRow = 0;

	constructor(store: LedgerStore) {
		this.#store = store;
	}

	get grid(): GridId {
		return this.#store.grid;
	}

	readonly blob = (hash: BlobHash): Uint8Array | undefined => this.#blobs.get(hash);

	record(id: string): LedgerRecord | undefined {
		return this.ledger.get(id as RecordId);
	}

	/** Blobs of a scope that held records name and this device lacks, other than by its own will. */
	missingBlobs(scope: RecordId | null): readonly BlobHash[] {
		return this.ledger.blobsOf(scope).filter((hash) => !this.#blobs.has(hash) && !this.#aside.has(hash));
	}

	/** How many blobs this device does without. */
	get asideCount(): number {
		return this.#aside.size;
	}

	/** Whether it is held and may be given up: what a page has asked for again stays. */
	canSetAside(hash: BlobHash): boolean {
		return this.#blobs.has(hash) && !this.#wanted.has(hash);
	}

	/** Ids and hashes of what no relay has committed yet. */
	async unsent(): Promise<ReadonlySet<string>> {
		return new Set((await this.#store.outbox()).map(({ id }) => id));
	}

	/** DEV-11: gives these up until somebody asks for one. */
	async setAside(hashes: readonly BlobHash[]): Promise<void> {
		await this.#store.setAside(hashes);
		await this.#refreshAside();
	}

	/** DEV-12: a page is to show it; where it was set aside, it is fetched again. */
	wantAgain(hash: BlobHash): void {
		if (!this.#aside.has(hash)) return;
		this.#aside = new Set([...this.#aside].filter((other) => other !== hash));
		this.#store.wantAgain(hash).catch((failure: unknown) => console.error(failure));
	}

	/** Takes over what any tab of this device has stored since. Stored records were verified before they were stored. */
	async refresh(): Promise<void> {
		const rows = await this.#store.recordsAfter(this.#lastRow);
		for (const row of rows) {
			if (!this.ledger.holds(row.id)) this.#takeOver(row.wire);
			this.#lastRow = row.n ?? this.#lastRow;
		}
		const missing = this.ledger.scopes().flatMap((scope) => this.missingBlobs(scope));
		for (const [hash, bytes] of await this.#store.blobs(missing)) this.#blobs.set(hash, bytes);
		await this.#refreshAside();
	}

	async #refreshAside(): Promise<void> {
		const rows = await this.#store.setAsideRows();
		const hashesOf = (wanted: boolean) => new Set(rows.filter((row) => row.wanted === wanted).map(({ hash }) => hash));
		[this.#aside, this.#wanted] = [hashesOf(false), hashesOf(true)];
		for (const hash of this.#aside) this.#blobs.delete(hash);
	}

	#takeOver(wire: Uint8Array): void {
		const parsed = parseWire(wire);
		if (parsed.ok) this.ledger.add(parsed.value);
	}

	/** Own records, just signed. */
	async addOwn(records: readonly NewRecord[], blobs: readonly Uint8Array[]): Promise<void> {
		await this.#store.addOwn(records, blobs);
		await this.refresh();
	}

	/**
	 * SYNC-1: judges what a relay sent exactly as the relay did, and stores what is admitted. `offered`: it came from
	 * elsewhere, and relays are to have it too.
	 */
	async receive(wires: readonly Uint8Array[], offered = false): Promise<Received> {
		return this.admit(await this.read(wires), offered);
	}

	/**
	 * The first half of it, which changes nothing and so may run while others are stored: what of these are records, and
	 * who signed them. All signatures at once: one after the other, the platform would be waited for most of the time.
	 */
	async read(wires: readonly Uint8Array[]): Promise<readonly HeldRecord[]> {
		const records = wires.map(parseWire).flatMap((result) => (result.ok ? [result.value] : []));
		const fresh = records.filter(({ id }) => !this.ledger.holds(id));
		const verdicts = await Promise.all(fresh.map((record) => verify(ownSignature(record))));
		for (const [index, { signature }] of fresh.entries()) if (verdicts[index]) this.#signed.add(signature);
		return records;
	}

	/** The second half: one at a time. */
	async admit(records: readonly HeldRecord[], offered = false): Promise<Received> {
		const admitted: HeldRecord[] = [];
		const refused: { id: RecordId; code: AdmissionRefusal }[] = [];
		let queue = [...records, ...this.#waiting.values()];
		this.#waiting.clear();
		for (let progress = true; progress;) {
			const before = admitted.length;
			queue = await this.#admitRound(queue, admitted, refused);
			progress = admitted.length > before && queue.length > 0;
		}
		for (const record of queue.slice(-MAX_HELD_BACK)) this.#waiting.set(record.id + toHex(record.signature), record);
		await this.#store.addReceived(admitted, offered);
		return { admitted, refused };
	}

	/** Keeps a blob that a held record names; anything else is dropped. */
	async receiveBlob(bytes: Uint8Array, offered = false): Promise<boolean> {
		const hash = blobHash(bytes);
		if (this.ledger.blobKind(hash) === undefined || this.#blobs.has(hash) || this.#aside.has(hash)) return false;
		await this.#store.addBlob(bytes, offered);
		this.#blobs.set(hash, bytes);
		return true;
	}

	async #admitRound(
		queue: readonly HeldRecord[],
		admitted: HeldRecord[],
		refused: { id: RecordId; code: AdmissionRefusal }[],
	): Promise<HeldRecord[]> {
		const later: HeldRecord[] = [];
		for (const record of queue) {
			const verdict = await this.#judge(record);
			if (verdict === 'later') later.push(record);
			else if (verdict === 'accept') admitted.push(record);
			else if (verdict !== 'duplicate') refused.push({ id: record.id, code: verdict });
		}
		return later;
	}

	async #judge(record: HeldRecord): Promise<'accept' | 'duplicate' | 'later' | AdmissionRefusal> {
		const examination = examine(this.ledger, this.grid, record);
		if (examination.verdict === 'refuse') return examination.code;
		if (examination.verdict !== 'accept') return examination.verdict;
		const open = examination.checks.filter(({ signature }) => !this.#signed.has(signature));
		const verdicts = await Promise.all(open.map(verify));
		if (!verdicts.every(Boolean)) return 'signature-invalid';
		this.ledger.add(record);
		return 'accept';
	}
}
