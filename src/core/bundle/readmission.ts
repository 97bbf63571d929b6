import { compareText, type GridId, type RecordId } from '../kernel/ids.ts';
import { examine } from '../ledger/admission.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { HeldRecord } from '../ledger/record.ts';
import type { SignatureCheck } from '../ledger/signatures.ts';
import { SignaturesAhead, type VerifySignature } from './signatures-ahead.ts';

/** Called now and again with how many records' signatures are judged; what it answers is waited for. */
export type VerifyProgress = (done: number, total: number) => void | Promise<void>;

export interface Readmission {
	readonly ledger: Ledger;
	/** Records that no honest copy would hold, or that rest on something that is not there. */
	readonly refused: readonly RecordId[];
}

/**
 * BUNDLE-4: judges every record from nothing, as a relay does that has never heard of this grid. RECOUNT-1: signatures
 * are most of the work and rest on nothing, so they are checked several at a time, while admission goes on as if all
 * were true; where one is not, admission is done once more without its record.
 */
export async function readmit(
	grid: GridId,
	records: readonly HeldRecord[],
	isTrue: VerifySignature,
	progress: VerifyProgress = () => {},
): Promise<Readmission> {
	const inOrder = [...records].sort(causesFirst);
	const signatures = new SignaturesAhead(isTrue, (done) => progress(done, records.length));
	const supposed = await admitAll(grid, inOrder, (record, checks) => signatures.ask(record.id, checks));
	if (await signatures.wereAllTrue()) return supposed;
	return admitAll(grid, inOrder, (record, checks) => signatures.areTrue(record.id, checks));
}

type Stands = (record: HeldRecord, checks: readonly SignatureCheck[]) => boolean | Promise<boolean>;

/** To a fixpoint. `stands` says whether the signatures are true of a record that is allowed otherwise. */
async function admitAll(grid: GridId, records: readonly HeldRecord[], stands: Stands): Promise<Readmission> {
	const ledger = new Ledger();
	let open = records;
	for (let before = Infinity; open.length > 0 && open.length < before;) {
		before = open.length;
		const left: HeldRecord[] = [];
		for (const record of open) {
			const examined = examine(ledger, grid, record);
			if (examined.verdict === 'accept' && (await stands(record, examined.checks))) ledger.add(record);
			else left.push(record);
		}
		open = left;
	}
	return { ledger, refused: open.map(({ id }) => id) };
}

/** Structure before the polls that rest on it, and then by when they were written: nearly everything in one round. */
export function causesFirst(a: HeldRecord, b: HeldRecord): number {
	return Number(a.scope !== null) - Number(b.scope !== null) || a.lc - b.lc || compareText(a.id, b.id);
}
