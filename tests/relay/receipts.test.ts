import 'fake-indexeddb/auto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ok } from '#core/kernel/result.ts';
import type { PollId, RecordId } from '#core/kernel/ids.ts';
import { encodeIdList } from '#core/ledger/blobs.ts';
import { forksIn } from '#core/ledger/forks.ts';
import { parseWire } from '#core/ledger/record.ts';
import { objectTo } from '#core/polls/acts.ts';
import { CornerDatabase } from '#lib/adapters/dexie/database.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import { relayStanding } from '#lib/session/sync/relay-standing.ts';
import { webSocketLine } from '#lib/adapters/web-socket-line.ts';
import { TrunkSync } from '#lib/session/sync/trunk-sync.ts';
import type { StoredRecord } from '../../server/storage/port.ts';
import { SqliteStore } from '../../server/storage/sqlite.ts';
import '../support/page.ts';
import { idOf, parsed } from '../support/forging.ts';
import { memberCounts } from '../support/member-counts.ts';
import { must } from '../support/must.ts';
import { holderOf } from '../support/offering.ts';
import { admitTo, cornerWithWang, loggedIn, people, startRelay } from '../support/relay-fixtures.ts';
import type { RelayClient } from '../support/relay-client.ts';
import type { RelayCorner, RelayPerson } from '../support/relay-people.ts';
import { ballotOf, enrolment, openVote, receiptFor, receiptsHeard } from '../support/relay-vote.ts';
import { eventually } from '../support/wait.ts';

const { chen: founder, wang, zhang } = people;
const LATER = 3_600_000;
let databases = 0;

/** A relay that has run for an hour, taken on by a corner of three with a vote in it, all of whom are connected. */
async function vote({ enrolled = true } = {}) {
	const clock = { ahead: 0 };
	const commits: (readonly StoredRecord[])[] = [];
	const running = await cornerWithWang(
		(store) => {
			const commit = store.commit.bind(store);
			return Object.assign(store, {
				commit: (batch: Parameters<typeof commit>[0]) => {
					commits.push(batch.records);
					return commit(batch);
				},
			});
		},
		{ now: () => Date.now() + clock.ahead },
	);
	await admitTo(running, zhang);
	clock.ahead = LATER;
	const { corner, chen, host } = running;
	if (enrolled) await chen.bring(enrolment(corner, must(chen.challenge).relay));
	const { act, poll } = openVote(corner, founder, wang);
	await chen.bring(act);
	const phones = { wang: await loggedIn(host, corner.grid, wang), zhang: await loggedIn(host, corner.grid, zhang) };
	return { ...running, ...phones, poll, commits };
}

async function cast(client: RelayClient, corner: RelayCorner, voter: RelayPerson, poll: PollId): Promise<RecordId> {
	const ballot = ballotOf(corner, voter, poll);
	client.offer(ballot.wires, poll);
	await client.verdictOn(must(ballot.ids[0]), '');
	return must(ballot.ids[0]);
}

test('[RELAY-55] a relay that its grid has taken on confirms in writing what it commits, in the same transaction, and who follows the vote hears it', async () => {
	const { corner, chen, wang: phone, poll, commits } = await vote();
	chen.say({ t: 'subscribe', scope: poll });
	const ballot = await cast(phone, corner, wang, poll);
	const receipt = await receiptFor(phone, ballot);
	expect(receipt).toMatchObject({ by: chen.challenge?.relay, scope: poll, seq: 0, body: { ids: [ballot] } });
	expect((await receiptFor(chen, ballot)).id).toBe(receipt.id);
	expect(holderOf(corner.story).offer(receipt.wire)).toBe('accept');
	const together = commits.find((records) => records.some(({ id }) => id === ballot));
	expect(together?.map(({ id }) => id)).toEqual([ballot, receipt.id]);
});

test('[RELAY-55] one receipt names 64 ballots at most, the chain goes on over a restart, and each ballot is named once', async () => {
	const { corner, chen, poll, restart, wang: phone } = await vote();
	const one = Array.from({ length: 35 }, () => ballotOf(corner, wang, poll).wires);
	const other = Array.from({ length: 35 }, () => ballotOf(corner, zhang, poll).wires);
	const wires = [...one, ...other].flat();
	chen.offer(wires, poll);
	await eventually(() => expect(receiptsHeard(chen).map(({ body }) => body.ids.length)).toEqual([64, 6]));
	const named = receiptsHeard(chen).flatMap(({ body }) => body.ids);
	expect([...named].sort()).toEqual(wires.map(idOf).sort());
	expect(receiptsHeard(chen).map(({ seq, prev }) => [seq, prev])).toEqual([
		[0, null],
		[1, must(receiptsHeard(chen)[0]).id],
	]);
	phone.end();
	const again = await loggedIn((await restart()).host, corner.grid, wang);
	expect(again.challenge?.relay).toBe(chen.challenge?.relay);
	// Whichever the relay has named first.
	const [first] = named;
	again.offer(
		wires.filter((wire) => idOf(wire) === first),
		poll,
	);
	expect((await receiptFor(again, must(first))).seq).toBe(0);
});

test('[RELAY-55] before its grid has taken it on a relay confirms nothing; then it confirms what it holds', async () => {
	const { corner, chen, wang: phone, zhang: other, poll } = await vote({ enrolled: false });
	const early = await cast(phone, corner, wang, poll);
	await chen.bring(corner.topic(founder));
	expect(receiptsHeard(phone)).toEqual([]);
	await chen.bring(enrolment(corner, must(chen.challenge).relay));
	const ballot = await cast(other, corner, zhang, poll);
	expect((await receiptFor(other, ballot)).body.ids).toEqual([ballot]);
	phone.offer([must(corner.ledger.get(early)).wire], poll);
	expect((await receiptFor(phone, early)).body.ids).toEqual([early]);
});

test('[RELAY-56] a voter’s phone is sent the receipt of its own ballot and keeps it, and no ballot of anybody else', async () => {
	const { corner, host, chen, zhang: other, poll } = await vote();
	await cast(other, corner, zhang, poll);
	const phone = await phoneOf(corner, wang, host);
	const ballot = ballotOf(corner, wang, poll);
	await phone.addOwn(ballot.wires);
	const { ledger } = phone.copy;
	await eventually(() => expect(ledger.ofType('receipt').map(({ body }) => body.ids)).toEqual([ballot.ids]));
	await cast(chen, corner, founder, poll);
	// Longer than a phone waits before it asks whether it holds what the relay holds.
	await pause(500);
	expect(ledger.ofType('ballot').map(({ id }) => id)).toEqual(ballot.ids);
	expect(ledger.ofType('receipt')).toHaveLength(1);
	expect(await phone.store.outbox()).toEqual([]);
});

test('[RELAY-56] a phone that was cut off before the receipt came gets it when it comes back', async () => {
	const { corner, host, wang: cutOff, poll } = await vote();
	const ballot = await cast(cutOff, corner, wang, poll);
	cutOff.end();
	const phone = await phoneOf(corner, wang, host, [must(corner.ledger.get(ballot)).wire]);
	await eventually(() => expect(phone.copy.ledger.ofType('receipt')[0]?.body.ids).toEqual([ballot]));
});

test('[RELAY-57] a relay restored from an old backup gets back from the voters’ phones what it lost, its receipts too, and goes on behind them', async () => {
	const { corner, dataDir, wang: first, zhang: second, poll, chen } = await vote();
	const backup = join(dataDir, 'backup.db');
	new DatabaseSync(join(dataDir, 'corner.db')).exec(`VACUUM INTO '${backup}'`);
	const ballots = [await cast(first, corner, wang, poll), await cast(second, corner, zhang, poll)] as const;
	const receipts = [await receiptFor(first, ballots[0]), await receiptFor(second, ballots[1])];
	expect(receipts.map(({ seq }) => seq)).toEqual([0, 1]);
	for (const client of [first, second, chen]) client.end();

	const clock = { ahead: 0 };
	const restored = await startRelay(
		(store) => {
			void store.close();
			return new SqliteStore(backup);
		},
		{ now: () => Date.now() + clock.ahead },
	);
	const keeper = await loggedIn(restored.host, corner.grid, founder);
	const late = await cast(keeper, corner, founder, poll);
	expect(receiptsHeard(keeper)).toEqual([]);
	for (const [index, voter] of [wang, zhang].entries()) {
		const held = [must(receipts[index]).wire, must(corner.ledger.get(must(ballots[index]))).wire];
		await phoneOf(corner, voter, restored.host, held);
	}
	const inScope = async () => (await restored.store.readRecords(corner.grid)).filter(({ scope }) => scope === poll);
	await eventually(async () =>
		expect((await inScope()).map(({ id }) => id).sort()).toEqual(
			[...ballots, ...receipts.map(({ id }) => id), late].sort(),
		),
	);
	clock.ahead = LATER;
	restored.relay.confirmBallots();
	const next = await receiptFor(keeper, late);
	expect(next).toMatchObject({ seq: 2, prev: must(receipts[1]).id, body: { ids: [late] } });
	expect(forksIn((await inScope()).map(({ wire }) => parsed(wire)))).toEqual([]);
});

test('[RELAY-58] a ballot that a relay confirmed may be missed with its receipt in an objection to a closing', async () => {
	const { corner, chen, wang: phone, poll } = await vote();
	const ballot = await cast(phone, corner, wang, poll);
	const receipt = await receiptFor(phone, ballot);
	const close = await closing(corner, chen, poll);
	const objection = corner.act(wang, (composer) => objectTo(composer, close, ballot, receipt.id));
	phone.offer(objection.wires);
	expect(await phone.verdictOn(must(objection.ids[0]))).toBe('');
	const told = parsed(must(objection.wires[0]));
	expect(told.type === 'objection' && told.body).toEqual({ target: close, ballot, receipt: receipt.id });
});

/** One that lists nothing. */
async function closing(corner: RelayCorner, chen: RelayClient, poll: PollId): Promise<RecordId> {
	const act = corner.act(founder, (composer, as) => {
		const declared = memberCounts({ eligible: 3, notVoted: 3 });
		const body = { poll, list: composer.blob(encodeIdList([])), n: 0, declared, seals: [], without: [], revs: [] };
		composer.add('poll.close', { as: must(as), ...body });
	});
	await chen.bring(act);
	return must(act.ids[0]);
}

/** A phone as the app has it: a copy of structure and of these wires, in step with the relay. */
async function phoneOf(corner: RelayCorner, person: RelayPerson, host: string, wires: readonly Uint8Array[] = []) {
	const store = new LedgerStore(new CornerDatabase(`receipts-${++databases}`), corner.grid);
	const copy = new CornerCopy(store);
	const structure = corner.story.records.filter(({ scope }) => scope === null);
	await copy.receive([...structure.map(({ wire }) => wire), ...wires]);
	const credentials = {
		...{ grid: corner.grid, key: person.key, founding: undefined },
		sign: (message: Uint8Array) => Promise.resolve(person.sign(message)),
		introduction: () => Promise.resolve([]),
	};
	const nothing = () => {};
	const notes = { status: nothing, inStep: nothing, fetching: nothing };
	const sync = new TrunkSync(
		async () => ok(webSocketLine(`ws://${host}/sync`)),
		credentials,
		{ copy, store, relay: relayStanding(copy, store, undefined) },
		notes,
	);
	onTestFinished(() => sync.close());
	const addOwn = async (own: readonly Uint8Array[]) => {
		const records = own.map(parseWire).flatMap((record) => (record.ok ? [record.value] : []));
		await copy.addOwn(records, []);
		sync.offer(await store.outbox());
	};
	return { copy, store, addOwn };
}
