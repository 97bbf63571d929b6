import type { RecordId } from '#core/kernel/ids.ts';
import { examine, type AdmissionRefusal } from '#core/ledger/admission.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { parseWire, type HeldRecord, type RecordRefusal } from '#core/ledger/record.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';
import type { Result } from '#core/kernel/result.ts';
import { Verifier } from '../../server/ed25519.ts';

export type Verdict = 'accept' | 'duplicate' | 'later' | AdmissionRefusal;
type Parsed = Result<HeldRecord, RecordRefusal>;

/** Remembers what parsing and Ed25519 said of the very same bytes, so that many replicas cost one verification. */
export class Memory {
	readonly #verifier = new Verifier();
	readonly #parsed = new Map<string, Parsed>();
	readonly #signed = new WeakMap<HeldRecord, boolean>();

	parse(wire: Uint8Array): Parsed {
		const bytes = Buffer.from(wire).toString('latin1');
		const parsed = this.#parsed.get(bytes) ?? parseWire(wire);
		this.#parsed.set(bytes, parsed);
		return parsed;
	}

	isSigned(record: HeldRecord, checks: readonly SignatureCheck[]): boolean {
		const signed = this.#signed.get(record) ?? checks.every((check) => this.#verifier.isTrue(check));
		this.#signed.set(record, signed);
		return signed;
	}
}

/** One holder of a grid, which judges as the relay and every device do. */
export class Holder {
	readonly grid: RecordId;
	readonly ledger = new Ledger();
	readonly #memory: Memory;

	constructor(grid: RecordId, memory = new Memory()) {
		this.grid = grid;
		this.#memory = memory;
	}

	/** Judges, and keeps what is accepted. */
	offer(wire: Uint8Array): Verdict {
		const verdict = this.judge(wire);
		const parsed = this.#memory.parse(wire);
		if (verdict === 'accept' && parsed.ok) this.ledger.add(parsed.value);
		return verdict;
	}

	judge(wire: Uint8Array): Verdict {
		const parsed = this.#memory.parse(wire);
		if (!parsed.ok) return parsed.error;
		const record = parsed.value;
		const examined = examine(this.ledger, this.grid, record);
		if (examined.verdict === 'refuse') return examined.code;
		if (examined.verdict !== 'accept') return examined.verdict;
		return this.#memory.isSigned(record, examined.checks) ? 'accept' : 'signature-invalid';
	}

	/** Offers again until nothing more is admitted; answers what still waits. */
	offerAll(wires: readonly Uint8Array[]): readonly Uint8Array[] {
		let waiting = wires;
		for (let before = -1; before !== this.ledger.size;) {
			before = this.ledger.size;
			waiting = waiting.filter((wire) => this.offer(wire) === 'later');
		}
		return waiting;
	}
}

/** Everything of `wires` that may be held, whatever their order. */
export function admitAll(grid: RecordId, wires: readonly Uint8Array[]): Ledger {
	const holder = new Holder(grid);
	holder.offerAll(wires);
	return holder.ledger;
}
