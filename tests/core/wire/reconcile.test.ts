import { expect, test } from 'vitest';
import type { PollId } from '#core/kernel/ids.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { rosterRecords } from '#core/roster/records.ts';
import { BATCH, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import { answer, hello, recordMessages, scopeRoot } from '#core/wire/reconcile.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { Council } from '../../support/council.ts';
import { parsed } from '../../support/forging.ts';
import { must } from '../../support/must.ts';

const { corner, poll } = tellElderDayCare();
const full = corner.ledger;
const structure = corner.records.filter(({ scope }) => scope === null);

function ledgerOf(records: Iterable<LedgerRecord>): Ledger {
	const ledger = new Ledger();
	for (const record of records) ledger.add(record);
	return ledger;
}

/** Lets both speak until nobody answers; what arrives is added without being judged. */
function talk(one: Ledger, two: Ledger, scope: PollId | null): readonly LedgerMessage[] {
	const said: LedgerMessage[] = [];
	let turn = [{ message: hello(one, scope), to: two, from: one }];
	while (turn.length > 0) {
		said.push(...turn.map(({ message }) => message));
		turn = turn.flatMap(({ message, to, from }) => {
			if (message.t === 'records') for (const wire of message.wires) to.add(parsed(wire));
			return answer(to, message).map((reply) => ({ message: reply, to: from, from: to }));
		});
	}
	return said;
}

test('[WIRE-5] two that hold the same say so and nothing else', () => {
	const said = talk(full, ledgerOf(corner.records), null);
	expect(said.map(({ t }) => t)).toEqual(['hello', 'same']);
});

test('[WIRE-5] who holds nothing gets everything, whoever spoke first', () => {
	for (const first of [true, false]) {
		const empty = new Ledger();
		talk(first ? empty : full, first ? full : empty, null);
		expect(empty.idsOf(null)).toEqual(full.idsOf(null));
		expect(scopeRoot(empty, null)).toBe(scopeRoot(full, null));
	}
});

test('[WIRE-5] only what differs travels, in both directions at once', () => {
	const [mine, theirs] = [structure[5], structure[9]].map((record) => must(record));
	const one = ledgerOf(structure.filter((record) => record !== theirs));
	const two = ledgerOf(structure.filter((record) => record !== mine));
	const said = talk(one, two, null);
	const sent = said.flatMap((message) => (message.t === 'records' ? message.wires : []));
	expect(sent).toHaveLength(2);
	expect(one.idsOf(null)).toEqual(two.idsOf(null));
});

test('[WIRE-5] one scope says nothing of another: ballots stay where they are', () => {
	const empty = new Ledger();
	talk(empty, full, null);
	expect(empty.idsOf(poll)).toEqual([]);
	expect(empty.size).toBe(structure.length);
	talk(empty, full, poll);
	expect(empty.idsOf(poll)).toEqual(full.idsOf(poll));
});

test('[WIRE-5] asking for a ballot in the name of structure brings nothing', () => {
	const ids = full.idsOf(poll);
	expect(answer(full, { t: 'want', scope: null, ids })).toEqual([]);
	expect(answer(full, { t: 'want', scope: poll, ids })).toHaveLength(1);
});

test('[WIRE-5] asking for what is not held, or naming buckets that do not exist, is answered with nothing', () => {
	const unknown = 'ab'.repeat(32) as PollId;
	expect(answer(full, { t: 'want', scope: null, ids: [unknown] })).toEqual([]);
	expect(answer(full, { t: 'ids', scope: null, ids: [[999, []]] })).toEqual([]);
	expect(answer(full, { t: 'ids', scope: null, ids: [[171, [unknown]]] }).at(-1)).toEqual({
		t: 'want',
		scope: null,
		ids: [unknown],
	});
});

test('[WIRE-5] naming the same id or bucket many times brings each record once', () => {
	const [id] = full.idsOf(poll);
	const asked = answer(full, { t: 'want', scope: poll, ids: Array.from({ length: 100 }, () => must(id)) });
	expect(asked).toEqual(answer(full, { t: 'want', scope: poll, ids: [must(id)] }));
	const bucket = Number.parseInt(must(id).slice(0, 2), 16);
	const named = answer(full, { t: 'ids', scope: poll, ids: Array.from({ length: 100 }, () => [bucket, []] as const) });
	expect(named).toEqual(answer(full, { t: 'ids', scope: poll, ids: [[bucket, []]] }));
});

test('[WIRE-5] the root depends on the set alone, and on every id of it', () => {
	const backwards = ledgerOf([...structure].reverse());
	expect(scopeRoot(backwards, null)).toBe(scopeRoot(full, null));
	const roots = structure.map((left) => scopeRoot(ledgerOf(structure.filter((record) => record !== left)), null));
	expect(new Set([...roots, scopeRoot(full, null)]).size).toBe(structure.length + 1);
});

test('[WIRE-5] records travel in batches of at most 128 and 256 KiB, all of them, roster first', () => {
	const council = new Council();
	for (let round = 0; round < 320; round++)
		council.corner.act(council.zhao, (composer) => composer.add('receipt', { ids: [] }));
	const messages = recordMessages(null, council.corner.records);
	const wires = messages.map((message) => (message.t === 'records' ? message.wires : []));
	expect(wires.flat()).toHaveLength(council.corner.ledger.size);
	expect(wires.every((batch) => batch.length > 0 && batch.length <= BATCH.records)).toBe(true);
	const types = wires.flat().map((wire) => parsed(wire).type);
	const lastOfRoster = types.findLastIndex((type) => type in rosterRecords);
	expect(types.slice(0, lastOfRoster).every((type) => type in rosterRecords)).toBe(true);
	expect(types).toContain('receipt');
});

test('[WIRE-5] long records make small batches', () => {
	const ids = Array.from({ length: 512 }, (_, index) => index.toString(16).padStart(64, '0') as PollId);
	const { convener, corner: own, as } = new Council();
	const plan = { as: must(as), topics: [], time: 'x', place: 'x', after: ids.slice(0, 400) };
	for (let round = 0; round < 60; round++) own.act(convener, (composer) => composer.add('meeting.convene', plan));
	const batches = recordMessages(null, own.records).map((message) => (message.t === 'records' ? message.wires : []));
	const sizes = batches.map((wires) => wires.reduce((sum, { length }) => sum + length, 0));
	expect(sizes.length).toBeGreaterThan(2);
	expect(Math.max(...sizes)).toBeLessThanOrEqual(BATCH.bytes);
});
