import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BlobHash, RecordId } from '#core/kernel/ids.ts';
import {
	blobHash,
	decodeIdList,
	decodeMemberBlob,
	encodeIdList,
	encodeMemberBlob,
	encodeTextBlob,
} from '#core/ledger/blobs.ts';
import { foldLedger } from '#core/ledger/fold.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { MAX_LC } from '#core/ledger/record.ts';
import type { RecordType } from '#core/ledger/registry.ts';
import { stateHash } from '#core/ledger/state-hash.ts';
import { scopeHash } from '#core/polls/audit.ts';
import { cardField } from '#core/roster/records.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { admitAll } from '../../support/admission.ts';
import { Council } from '../../support/council.ts';
import { forge, keep, parsed } from '../../support/forging.ts';
import { Standing } from '#core/validity/standing.ts';
import { must } from '../../support/must.ts';
import { holderOf } from '../../support/offering.ts';

const { corner, poll } = tellElderDayCare();
const { records, blob } = corner;
const hash = stateHash(corner.state);

test('[FOLD-1] the demonstration is admissible in every order, and folds to one state', () => {
	const order = fc.shuffledSubarray([...records], { minLength: records.length });
	const property = fc.property(order, (shuffled) => {
		const ledger = admitAll(
			corner.grid,
			shuffled.map(({ wire }) => wire),
		);
		expect(ledger.size).toBe(records.length);
		expect(stateHash(foldLedger(ledger, blob))).toBe(hash);
	});
	fc.assert(property, { numRuns: 25 });
});

test('[FOLD-1] neither the time at which it is folded nor how often is seen in the state', () => {
	expect(stateHash(foldLedger(corner.ledger, blob))).toBe(hash);
	expect(stateHash(foldLedger(corner.ledger, blob))).toBe(hash);
});

test('[FOLD-2] the hash sees every difference and no order of insertion', () => {
	const one = new Map([
		['a', { list: [1, 2] }],
		['b', { list: [] }],
	]);
	const two = new Map([...one].reverse());
	expect(stateHash(two)).toBe(stateHash(one));
	expect(stateHash(new Set(['x', 'y']))).toBe(stateHash(new Set(['y', 'x'])));
	expect(stateHash({ a: 1, b: undefined })).toBe(stateHash({ b: undefined, a: 1 }));
	const others = [new Map([['a', 1]]), new Map([['a', 2]]), [1, 2], [2, 1], new Set([1]), { a: null }, { b: null }];
	expect(new Set(others.map(stateHash)).size).toBe(others.length);
});

/** The device.add of an admitted newcomer and the end of a meeting say what these said before them. */
const TRACELESS: readonly RecordType[] = ['join', 'meeting.open'];

test('[FOLD-2] any record left out of the story changes the state of structure, or the poll’s', () => {
	const whole = scopeHash(corner.ledger, corner.standing, must(corner.state.polls.get(poll)));
	const unseen = records.filter((left) => {
		const ledger = new Ledger();
		for (const record of records) if (record !== left) ledger.add(record);
		const state = foldLedger(ledger, blob);
		const opened = state.polls.get(poll);
		return (
			stateHash(state) === hash &&
			opened !== undefined &&
			scopeHash(ledger, new Standing(ledger, blob), opened) === whole
		);
	});
	expect(unseen.map(({ type }) => type).filter((type) => !TRACELESS.includes(type))).toEqual([]);
});

test('[FOLD-3] two that hold the same ballots have the same hash of the scope, one more ballot makes another', () => {
	const council = new Council();
	const id = council.poll(council.topic());
	council.vote(council.zhao, id, 'approve');
	const scope = () => scopeHash(council.corner.ledger, council.corner.standing, council.pollState(id));
	const other = holderOf(council.corner).ledger;
	expect(scopeHash(other, new Standing(other, council.corner.blob), council.pollState(id))).toBe(scope());
	const before = scope();
	council.vote(council.sun, id, 'reject');
	expect(scope()).not.toBe(before);
});

test('[REC-1] one record with the last Lamport value stops nobody from writing', () => {
	const council = new Council();
	const { corner: own, zhao, sun } = council;
	keep(own, forge(own, zhao.device, 'receipt', { ids: [] }, { lc: MAX_LC }));
	const poll = council.poll(council.topic('之后的议题', sun));
	expect(must(own.ledger.get(poll)).lc).toBe(MAX_LC);
	expect(holderOf(own).ledger.size).toBe(own.ledger.size);
});

test('[FOLD-1] a set has no delete and no overwrite: the first wire of an id stays', () => {
	const ledger = new Ledger();
	const [first] = records;
	ledger.add(must(first));
	ledger.add({ ...parsed(must(first).wire), at: 5 } as never);
	expect(ledger.size).toBe(1);
	expect(must(ledger.get(must(first).id)).at).toBe(must(first).at);
});

test('[REC-1] a list of ids is sorted and holds each once, or is no list', () => {
	const ids = ['0b', '0a', '0b'].map((byte) => byte.repeat(32) as RecordId);
	expect(decodeIdList(encodeIdList(ids))).toEqual([ids[1], ids[0]]);
	expect(decodeIdList(encodeTextBlob('0a'))).toBeUndefined();
	expect(decodeIdList(undefined)).toBeUndefined();
	const swapped = Uint8Array.from(encodeIdList(ids));
	swapped.set(swapped.slice(3, 35), 37);
	expect(decodeIdList(swapped)).toBeUndefined();
});

test('[REC-1] a card is salted: the same name twice is two hashes, and both can be read', () => {
	const card = { name: '王伟', building: '1号楼' };
	const salted = [1, 2].map((byte) => encodeMemberBlob(cardField, card, new Uint8Array(16).fill(byte)));
	expect(new Set(salted.map(blobHash)).size).toBe(2);
	expect(salted.map((bytes) => decodeMemberBlob(cardField, bytes))).toEqual([card, card]);
	expect(decodeMemberBlob(cardField, encodeTextBlob('王伟'))).toBeUndefined();
});

test('[REC-1] a blob that any field names as a member’s is a member’s, and follows the scopes that name it', () => {
	const { ledger } = corner;
	const [card] = [...corner.state.roster.members.values()].map((member) => member.card);
	const title = must([...corner.state.topics.values()][0]).title;
	const voters = must(ledger.ofType('hand.count')[0]).body.voters;
	expect([card, title, voters].map((hash) => ledger.blobKind(must(hash)))).toEqual(['member', 'public', 'public']);
	expect(ledger.blobKind('ab'.repeat(32) as BlobHash)).toBeUndefined();
	expect(ledger.blobsOf(null)).not.toContain(voters);
	expect(ledger.blobsOf(poll)).toContain(voters);
	const named = new Set([...ledger.blobsOf(null), ...ledger.blobsOf(poll)]);
	expect([...corner.blobs.keys()].filter((hash) => !named.has(hash))).toEqual([]);
});
