import { describe, expect, test } from 'vitest';
import { CARRIED_FILE_LIMITS, encodeCarriedFile, type CarriedFile } from '#core/bundle/carried-file.ts';
import { factsOf } from '#core/bundle/facts.ts';
import { decodeCbor, encodeCbor, type CborValue } from '#core/kernel/cbor.ts';
import type { GridId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { foldLedger } from '#core/ledger/fold.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { sealRecord, payloadOf, parseWire } from '#core/ledger/record.ts';
import { publicDocument } from '#core/publication/document.ts';
import { publishableParts } from '#core/publication/rules.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { tellElevatorNoise } from '../../../server/cli/scenario/elevator-noise.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, correct, decide, publish, withdraw } from '../../support/outcome.ts';
import { fileOf, reasonsAgainst, verdictOn } from '../../support/outcome-file.ts';
import { Random } from '../../support/random.ts';

const { corner } = tellElderDayCare();
const file = fileOf(corner);
const bytes = encodeCarriedFile(file);

/** What a member sees who has nothing but the file. */
function foldOf({ records, blobs }: CarriedFile) {
	const ledger = new Ledger();
	for (const record of records) ledger.add(record);
	const held = new Map(blobs.map((blob) => [blobHash(blob), blob]));
	const source = (hash: string) => held.get(hash as never);
	return { ledger, blobs: source, state: foldLedger(ledger, source) };
}

test('[BUNDLE-4] the demonstration is verified, and counted again gives what is public', async () => {
	const verdict = await verdictOn(bytes, corner.grid);
	if (verdict.verdict === 'unreadable') throw new Error(verdict.code);
	expect(verdict).toMatchObject({ verdict: 'verified', reasons: [], absent: 0 });
	const published = must(publicOutcome(file));
	expect(verdict.report).toMatchObject({ title: published.title, topic: published.topic, grid: published.grid });
	expect({ before: [], ...verdict.report?.decided }).toMatchObject(published.decided);
	expect(verdict.report?.decided).toMatchObject({
		counts: { units: { eligible: 11, present: 10, approve: 8, reject: 1 } },
	});
	expect(factsOf(verdict).map(({ code }) => code)).toEqual(
		expect.arrayContaining(['outcome-passed', 'quorum-reached', 'pass-reached', 'certified']),
	);
});

test('[BUNDLE-9] what was settled without a vote is verified with its own numbers', async () => {
	const elevator = fileOf(tellElevatorNoise().corner);
	const verdict = await verdictOn(elevator);
	if (verdict.verdict === 'unreadable') throw new Error(verdict.code);
	expect(verdict.verdict).toBe('verified');
	expect(verdict.report?.decided).toEqual(must(publicOutcome(elevator)).decided);
	const approvals = elevator.records.filter(({ type }) => type === 'consensus');
	const less = { ...elevator, records: elevator.records.filter((record) => !approvals.includes(record)) };
	expect(await reasonsAgainst(less)).toEqual(
		expect.arrayContaining(['record-missing', 'decision-missing', 'outcome-does-not-stand']),
	);
});

function publicOutcome(one: CarriedFile) {
	const source = foldOf(one);
	const document = publicDocument(source, must(one.outcome));
	return document.ok ? document.value : undefined;
}

describe('[BUNDLE-4] what does not prove its outcome', () => {
	/** A council whose outcome is published and seconded. */
	function outcomeOf(seed: string, change: (council: Council, vote: ReturnType<typeof decide>) => void = () => {}) {
		const council = new Council(seed);
		const topic = council.topic();
		const vote = decide(council, topic);
		agreedMinutes(council, topic);
		const parts = must(publishableParts(council.corner.state, council.topicState(topic)));
		const outcome = publish(council, parts);
		council.cosign(council.li, outcome, 'approve');
		change(council, vote);
		return { council, topic, parts, outcome, against: () => reasonsAgainst(fileOf(council.corner, outcome)) };
	}

	test('[BUNDLE-4] the honest one does', async () => {
		expect(await outcomeOf('honest').against()).toEqual([]);
	});

	test('[BUNDLE-4] it was withdrawn, or corrected', async () => {
		const withdrawn = outcomeOf('withdrawn');
		withdraw(withdrawn.council, withdrawn.topic, [withdrawn.outcome]);
		expect(await withdrawn.against()).toEqual(['outcome-withdrawn']);
		const { council, parts, outcome, against } = outcomeOf('corrected');
		const corrected = correct(council, parts, [outcome]);
		expect(await against()).toEqual([]);
		council.cosign(council.li, corrected, 'approve');
		expect(await against()).toEqual(['outcome-replaced']);
		expect(await reasonsAgainst(fileOf(council.corner, corrected))).toEqual([]);
	});

	test('[BUNDLE-4] two counts are certified and contest each other', async () => {
		const { against } = outcomeOf('contested', (council, { poll }) => {
			const second = council.close(poll);
			council.certify(second, council.li, council.chen);
		});
		expect(await against()).toEqual(['outcome-does-not-stand', 'contested', 'closing-defect']);
	});

	test('[BUNDLE-4] nobody seconded it, it is of another corner, or the file is of no outcome', async () => {
		const { council, outcome } = outcomeOf('seconded');
		const whole = fileOf(council.corner, outcome);
		const seconds = council.corner.ledger.citing(outcome, 'cosign').map(({ id }) => id);
		const records = whole.records.filter(({ id }) => !seconds.includes(id));
		expect(await reasonsAgainst({ ...whole, records })).toEqual(['outcome-does-not-stand']);
		expect(await reasonsAgainst(whole, 'ab'.repeat(32) as GridId)).toEqual(['other-grid']);
		const { outcome: _, ...carried } = whole;
		expect(await reasonsAgainst(carried)).toEqual(['file-no-outcome']);
		expect(await reasonsAgainst(Uint8Array.of(1, 2, 3))).toEqual(['file-not-ours']);
	});

	test('[BUNDLE-4] a ballot is signed by somebody else', async () => {
		const ballot = must(file.records.find(({ type }) => type === 'ballot'));
		const forged = parseWire(sealRecord(payloadOf(ballot), new Uint8Array(64).fill(7)));
		if (!forged.ok) throw new Error(forged.error);
		const records = [...file.records.filter(({ id }) => id !== ballot.id), forged.value];
		const reasons = await reasonsAgainst({ ...file, records });
		expect(reasons).toEqual(expect.arrayContaining(['record-not-admitted', 'recount-differs', 'closing-defect']));
	});
});

test('[BUNDLE-5] no changed byte of a thousand leaves a file verified', async () => {
	const seed = 20_161_121;
	const random = new Random(seed);
	const survived: number[] = [];
	for (let round = 0; round < 1000; round++) {
		const position = random.below(bytes.length);
		const changed = Uint8Array.from(bytes);
		changed[position] = (must(changed[position]) + 1 + random.below(255)) % 256;
		if ((await verdictOn(changed)).verdict === 'verified') survived.push(position);
	}
	expect(survived, `seed ${seed}`).toEqual([]);
}, 60_000);

test('[BUNDLE-5] nor does a changed record that is put in its right place again', async () => {
	const seed = 20_161_122;
	const random = new Random(seed);
	const others: string[] = [];
	for (let round = 0; round < 200; round++) {
		const target = must(random.pick(file.records));
		const wire = Uint8Array.from(target.wire);
		const position = random.below(wire.length);
		wire[position] = must(wire[position]) ^ (1 + random.below(255));
		const changed = parseWire(wire);
		if (!changed.ok) continue;
		const records = [...file.records.filter((record) => record !== target), changed.value];
		if ((await verdictOn({ ...file, records })).verdict === 'verified') others.push(`${target.type} ${position}`);
	}
	expect(others, `seed ${seed}`).toEqual([]);
}, 30_000);

test('[BUNDLE-5] the same contents in another order or form are not what was written', async () => {
	const read = decodeCbor(bytes, CARRIED_FILE_LIMITS);
	const value = (read.ok ? read.value : {}) as Readonly<Record<string, CborValue>>;
	expect(await reasonsAgainst(encodeCbor({ ...value, drafts: [] }))).toEqual(['file-altered']);
	const unknown = [Uint8Array.of(0), ...(value['recs'] as readonly Uint8Array[])];
	expect(await reasonsAgainst(encodeCbor({ ...value, recs: unknown }))).toEqual(['file-altered']);
	expect(await reasonsAgainst(encodeCbor({ ...value, recs: unknown.slice(1).toReversed() }))).toEqual(['file-broken']);
});
