import { expect, test } from 'vitest';
import { causesFirst, readmit } from '#core/bundle/readmission.ts';
import { verifyOutcome } from '#core/bundle/verify.ts';
import { encodeCarriedFile } from '#core/bundle/carried-file.ts';
import { examine } from '#core/ledger/admission.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { parseWire, payloadOf, sealRecord, type HeldRecord } from '#core/ledger/record.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';
import { Verifier } from '../../../server/ed25519.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { must } from '../../support/must.ts';
import { fileOf } from '../../support/outcome-file.ts';
import { Random } from '../../support/random.ts';

/** At most two batches of records, and no record has more than three signatures. */
const MOST = 2 * 64 * 3;

const { corner } = tellElderDayCare();
const file = fileOf(corner);
const verifier = new Verifier();

/** Answers late, and not in the order it was asked in. */
function slowly(random: Random) {
	let [open, most] = [0, 0];
	const isTrue = async (check: SignatureCheck) => {
		most = Math.max(most, ++open);
		const verdict = await verifier.isTrueAside(check);
		await new Promise((resolve) => setTimeout(resolve, random.below(4)));
		open--;
		return verdict;
	};
	return { isTrue, most: () => most };
}

/** As it is written down: one record after the other, one signature after the other. */
function oneByOne(records: readonly HeldRecord[]) {
	const ledger = new Ledger();
	let open = [...records].sort(causesFirst);
	for (let before = Infinity; open.length < before;) {
		before = open.length;
		open = open.filter((record) => {
			const examined = examine(ledger, corner.grid, record);
			const stands = examined.verdict === 'accept' && examined.checks.every((check) => verifier.isTrue(check));
			if (stands) ledger.add(record);
			return !stands;
		});
	}
	return { admitted: idsOf(ledger.everything()), refused: idsOf(open) };
}

const idsOf = (records: readonly HeldRecord[]) => records.map(({ id }) => id);

/** The same record under a signature that is not its author's. */
function badlySigned(record: HeldRecord, random: Random): HeldRecord {
	const [signature, at] = [Uint8Array.from(record.signature), random.below(64)];
	signature.set([must(signature[at]) ^ (1 << random.below(8))], at);
	const parsed = parseWire(sealRecord(payloadOf(record), signature));
	return must(parsed.ok ? parsed.value : undefined);
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
	'[RECOUNT-1] bad signatures at random places: the same are admitted and refused as one by one (seed %i)',
	async (seed) => {
		const random = new Random(seed);
		const bad = new Set(random.shuffled(file.records).slice(0, 1 + random.below(6)));
		const records = file.records.map((record) => (bad.has(record) ? badlySigned(record, random) : record));
		const { isTrue, most } = slowly(random);
		const { ledger, refused } = await readmit(corner.grid, random.shuffled(records), isTrue);
		expect({ admitted: idsOf(ledger.everything()), refused }).toEqual(oneByOne(records));
		expect(refused).toEqual(expect.arrayContaining(idsOf([...bad])));
		expect(most()).toBeGreaterThan(1);
		expect(most()).toBeLessThanOrEqual(MOST);
	},
);

test('[RECOUNT-1] the verdict and the names in it are those of one by one', async () => {
	const random = new Random(9);
	const ballots = file.records.filter(({ type }) => type === 'ballot');
	const bad = must(random.pick(ballots));
	const records = file.records.map((record) => (record === bad ? badlySigned(record, random) : record));
	const bytes = encodeCarriedFile({ ...file, records });
	const verdict = await verifyOutcome(bytes, { isTrue: slowly(random).isTrue });
	expect(verdict).toEqual(await verifyOutcome(bytes, { isTrue: (check) => verifier.isTrue(check) }));
	expect(verdict).toMatchObject({
		verdict: 'not-verified',
		reasons: expect.arrayContaining([{ code: 'record-not-admitted', names: [bad.id] }]) as unknown,
	});
});

test('[RECOUNT-1] it is said how many records are done, never fewer than before, and all in the end', async () => {
	const said: number[] = [];
	const progress = (done: number, total: number) => {
		expect(total).toBe(file.records.length);
		said.push(done);
	};
	await readmit(corner.grid, file.records, slowly(new Random(1)).isTrue, progress);
	expect(said).toEqual([...said].sort((a, b) => a - b));
	expect(said.at(-1)).toBe(file.records.length);
});
