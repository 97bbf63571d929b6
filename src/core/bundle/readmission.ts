import { compareText, type GridId, type RecordId } from '../kernel/ids.ts';
import { examine } from '../ledger/admission.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { HeldRecord } from '../ledger/record.ts';
import type { SignatureCheck } from '../ledger/signatures.ts';

/** Whether an Ed25519 signature is true, as every replica judges (LEDGER 0.5). */
export type VerifySignature = (check: SignatureCheck) => boolean | Promise<boolean>;
/** Called now and again with how many records are judged; what it answers is waited for. */
export type VerifyProgress = (done: number, total: number) => void | Promise<void>;

export interface Readmission {
	readonly ledger: Ledger;
	/** Records that no honest copy would hold, or that rest on something that is not there. */
	readonly refused: readonly RecordId[];
}

const BATCH = 64;

/** BUNDLE-4: judges every record from nothing, as a relay does that has never heard of this grid. */
export async function readmit(
	grid: GridId,
	records: readonly HeldRecord[],
	isTrue: VerifySignature,
	progress: VerifyProgress = () => {},
): Promise<Readmission> {
	const ledger = new Ledger();
	let open = [...records].sort(causesFirst);
	for (let before = Infinity; open.length > 0 && open.length < before;) {
		before = open.length;
		const left: HeldRecord[] = [];
		for (const [index, record] of open.entries()) {
			if (!(await admit(ledger, grid, record, isTrue))) left.push(record);
			if (index % BATCH === 0) await progress(ledger.size, records.length);
		}
		open = left;
	}
	return { ledger, refused: open.map(({ id }) => id) };
}

async function admit(ledger: Ledger, grid: GridId, record: HeldRecord, isTrue: VerifySignature): Promise<boolean> {
	const examined = examine(ledger, grid, record);
	if (examined.verdict !== 'accept') return false;
	for (const check of examined.checks) if (!(await isTrue(check))) return false;
	ledger.add(record);
	return true;
}

/** Structure before the polls that rest on it, and then by when they were written: nearly everything in one round. */
export function causesFirst(a: HeldRecord, b: HeldRecord): number {
	return Number(a.scope !== null) - Number(b.scope !== null) || a.lc - b.lc || compareText(a.id, b.id);
}
