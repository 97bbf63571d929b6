import type { RecordId } from '../kernel/ids.ts';
import type { SignatureCheck } from '../ledger/signatures.ts';

/** Whether an Ed25519 signature is true, as every replica judges (LEDGER 0.5). Asked about several before it answers. */
export type VerifySignature = (check: SignatureCheck) => boolean | Promise<boolean>;

/** Records whose signatures are checked together, while those of as many before them are still being checked. */
const BATCH = 64;

/** RECOUNT-1: checks the signatures of many records, at most two batches at a time. */
export class SignaturesAhead {
	readonly #isTrue: VerifySignature;
	readonly #progress: (records: number) => void | Promise<void>;
	readonly #verdicts = new Map<RecordId, Promise<boolean>>();
	#batch: Promise<boolean>[] = [];
	#before: Promise<unknown> = Promise.resolve();
	#done = 0;

	/** `progress` hears after each batch how many records are done; what it answers is waited for. */
	constructor(isTrue: VerifySignature, progress: (records: number) => void | Promise<void>) {
		this.#isTrue = isTrue;
		this.#progress = progress;
	}

	/** Supposes that they are true; waits while enough are being checked. */
	async ask(record: RecordId, checks: readonly SignatureCheck[]): Promise<true> {
		const verdict = this.#check(checks);
		this.#verdicts.set(record, verdict);
		this.#batch.push(verdict);
		if (this.#batch.length >= BATCH) await this.#nextBatch();
		return true;
	}

	/** Of all that were asked about. */
	async wereAllTrue(): Promise<boolean> {
		await this.#nextBatch();
		await this.#nextBatch(); // An empty one: that those before it are done.
		const verdicts = await Promise.all(this.#verdicts.values());
		return verdicts.every(Boolean);
	}

	/** Of one record; checked now if it was not asked about. */
	areTrue(record: RecordId, checks: readonly SignatureCheck[]): Promise<boolean> {
		return this.#verdicts.get(record) ?? this.#check(checks);
	}

	async #nextBatch(): Promise<void> {
		const before = this.#before;
		this.#before = Promise.all(this.#batch);
		this.#batch = [];
		await before;
		await this.#progress(this.#done);
	}

	async #check(checks: readonly SignatureCheck[]): Promise<boolean> {
		const verdicts = await Promise.all(checks.map(this.#isTrue));
		this.#done++;
		return verdicts.every(Boolean);
	}
}
