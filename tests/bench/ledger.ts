import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeCarriedFile, encodeCarriedFile } from '#core/bundle/carried-file.ts';
import { verifyOutcome } from '#core/bundle/verify.ts';
import { examine } from '#core/ledger/admission.ts';
import { foldLedger } from '#core/ledger/fold.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { parseWire, type HeldRecord } from '#core/ledger/record.ts';
import { ownSignature, type SignatureCheck } from '#core/ledger/signatures.ts';
import { auditClosing } from '#core/polls/audit.ts';
import { publishableParts } from '#core/publication/rules.ts';
import { Standing } from '#core/validity/standing.ts';
import { judgeOutcome } from '../../server/cli/judge-outcome.ts';
import { Verifier } from '../../server/ed25519.ts';
import { must } from '../support/must.ts';
import { agreedMinutes, publish } from '../support/outcome.ts';
import { fileOf } from '../support/outcome-file.ts';
import { bigGrid, type BigGrid } from './big-grid.ts';

const UNITS = 3040;
const RECORDS = 9000;
const ROUNDS = 5;

/** What the ledger costs this machine in Node, beside what the design asks for. Time is what its one thread worked, but
 * for the outcome. */
export async function ledgerBench(): Promise<void> {
	const years = bigGrid(300, RECORDS);
	console.log(`ledger${'here'.padStart(46)}${'asked for'.padStart(24)}`);
	await signatures(years);
	await folding(years);
	await admission(years);
	await carriedFile(years);
	const vote = bigGrid(UNITS, 0);
	await counting(vote);
	await outcome(vote);
}

async function signatures({ council: { corner } }: BigGrid): Promise<void> {
	const checks = corner.records.slice(0, 5000).map(ownSignature);
	const verifier = new Verifier();
	const ms = await best(
		() => checks.every((check) => verifier.isTrue(check)) || fail('a true signature was not found so'),
	);
	print('signatures verified', perSecond(checks.length, ms), '–');
}

async function folding({ council: { corner } }: BigGrid): Promise<void> {
	const ms = await best(() => foldLedger(corner.ledger, corner.blob));
	print(`fold of ${corner.ledger.size} records`, perSecond(corner.ledger.size, ms), '≥ 40,000 /s');
}

async function admission({ council: { corner } }: BigGrid): Promise<void> {
	const wires = corner.records.map(({ wire }) => wire);
	const ms = await best(
		() => admitted(corner.grid, wires).size === wires.length || fail('an honest record was refused'),
	);
	print(`cold admission of ${wires.length} records`, seconds(ms), '≤ 3 s, with the network');
}

async function carriedFile({ council: { corner } }: BigGrid): Promise<void> {
	const { grid, records, blobs } = corner;
	const bytes = encodeCarriedFile({ grid, records, blobs: [...blobs.values()], drafts: [] });
	const ms = await best(() => decodeCarriedFile(bytes).ok || fail('an honest file was not read'));
	print(`carried file of ${records.length} records read`, seconds(ms), '–');
}

async function counting({ council, poll }: BigGrid): Promise<void> {
	const { ledger, blob } = council.corner;
	const state = council.pollState(poll);
	const closing = must(state.standing);
	const ms = await best(() => {
		const { tally, defects } = auditClosing(new Standing(ledger, blob), state, closing);
		return (tally.counts.units.approve > UNITS - 10 && defects.length === 0) || fail('an honest closing has defects');
	});
	print(`recount of a closing of ${UNITS} units`, seconds(ms), '–');
}

/** What `npm run verify-outcome` does with the file, signatures on Node's other threads: so what counts is the clock. */
async function outcome({ council, poll }: BigGrid): Promise<void> {
	const { topic } = council.pollState(poll);
	agreedMinutes(council, topic);
	const published = publish(council, must(publishableParts(council.corner.state, council.topicState(topic))));
	council.cosign(council.li, published, 'approve');
	const bytes = encodeCarriedFile(fileOf(council.corner, published));
	const folder = await mkdtemp(join(tmpdir(), 'council-corner-bench-'));
	const path = join(folder, 'outcome.corner');
	await writeFile(path, gzipSync(bytes));
	const judged = async () =>
		(await judgeOutcome(path, council.corner.grid)).verdict === 'verified' ||
		fail('an honest outcome was not verified');
	print(`outcome of ${UNITS} ballots verified`, seconds(await shortest(judged, byTheClock)), '≤ 2.5 s');
	print('  of it on the thread that counts', seconds(await best(judged)), '–');
	await rm(folder, { recursive: true });
	await signaturesOf(bytes);
}

async function signaturesOf(bytes: Uint8Array): Promise<void> {
	const verifier = new Verifier();
	const checks: SignatureCheck[] = [];
	await verifyOutcome(bytes, { isTrue: (check) => checks.push(check) > 0 });
	const signing = await best(() => checks.every((check) => verifier.isTrue(check)));
	print(`  its ${checks.length} signatures one by one`, seconds(signing), '–');
}

function admitted(grid: BigGrid['council']['corner']['grid'], wires: readonly Uint8Array[]): Ledger {
	const [ledger, verifier] = [new Ledger(), new Verifier()];
	let open: readonly HeldRecord[] = wires.map(parseWire).flatMap((record) => (record.ok ? [record.value] : []));
	for (let before = -1; ledger.size > before && open.length > 0;) {
		before = ledger.size;
		open = open.filter((record) => {
			const examined = examine(ledger, grid, record);
			if (examined.verdict !== 'accept') return true;
			if (examined.checks.every((check) => verifier.isTrue(check))) ledger.add(record);
			return false;
		});
	}
	return ledger;
}

/** In milliseconds of this thread's own work: others may be using the machine. */
const best = (work: () => unknown) => shortest(work, byOwnWork);

/** Of some rounds. */
async function shortest(work: () => unknown, startTimer: () => () => number): Promise<number> {
	let least = Infinity;
	for (let round = 0; round < ROUNDS; round++) {
		const elapsed = startTimer();
		await work();
		least = Math.min(least, elapsed());
	}
	return least;
}

function byOwnWork(): () => number {
	const began = process.threadCpuUsage();
	return () => {
		const { user, system } = process.threadCpuUsage(began);
		return (user + system) / 1000;
	};
}

function byTheClock(): () => number {
	const began = performance.now();
	return () => performance.now() - began;
}

function fail(sentence: string): never {
	throw new Error(sentence);
}

const perSecond = (count: number, ms: number) => `${Math.round((count / ms) * 1000).toLocaleString('en')} /s`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const print = (what: string, here: string, wanted: string) =>
	console.log(`${what.padEnd(38)}${here.padStart(14)}${wanted.padStart(24)}`);
