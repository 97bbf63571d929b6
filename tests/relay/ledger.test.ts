import { expect, test } from 'vitest';
import { labelledHash, type RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { encodePayload, parseRecord, sealRecord, signatureInput, type LedgerRecord } from '#core/ledger/record.ts';
import { scopeRoot } from '#core/wire/reconcile.ts';
import { LIMITS } from '../../server/relay/limits.ts';
import { Waiting } from '../../server/relay/waiting.ts';
import { RelayCorner } from '../support/relay-people.ts';
import { admitTo, cornerWithWang, foundedCorner, loggedIn, people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

const NOTHING = labelledHash('council-corner/root/1', new Uint8Array());

test('[RELAY-7] a record is acknowledged, told to the others and held after a restart', async () => {
	const { host, corner, chen, restart } = await cornerWithWang();
	const wang = await loggedIn(host, corner.grid, people.wang);
	const topic = corner.topic(people.wang);
	wang.offer(topic.wires);
	await wang.verdictOn(topic.ids[0] as RecordId, '');
	await eventually(() => expect(chen.wires).toContainEqual(topic.wires[0]));
	expect(wang.wires).toEqual([]);

	const again = await restart();
	const later = await loggedIn(again.host, corner.grid, people.wang);
	later.say({ t: 'hello', scope: null, root: scopeRoot(corner.ledger, null) });
	await later.ledgerMessage(({ t }) => t === 'same');
});

test('[RELAY-8] somebody who holds nothing gets all of structure by hashes', async () => {
	const { host, corner } = await cornerWithWang();
	const wang = await loggedIn(host, corner.grid, people.wang);
	wang.say({ t: 'hello', scope: null, root: NOTHING });
	await wang.ledgerMessage(({ t }) => t === 'buckets');
	wang.say({ t: 'ids', scope: null, ids: Array.from({ length: 256 }, (_, bucket) => [bucket, []]) });
	await eventually(() => expect(wang.wires).toHaveLength(corner.ledger.size));
});

test('[RELAY-9] a record that is held already is acknowledged again and told to nobody', async () => {
	const { corner, chen, host } = await cornerWithWang();
	const wang = await loggedIn(host, corner.grid, people.wang);
	wang.offer([corner.founding.wires[0] as Uint8Array]);
	expect(await wang.verdictOn(corner.grid)).toBe('');
	expect(chen.wires).toEqual([]);
});

test('[RELAY-10] a record with a wrong signature, or of another grid, is refused by itself', async () => {
	const { corner, chen, store } = await foundedCorner();
	const before = (await store.readRecords(corner.grid)).length;
	const topic = corner.topic(people.chen);
	const parsed = parseRecord(topic.wires[0] as Uint8Array);
	if (!parsed.ok) throw new Error(parsed.error);
	const payload = encodePayload(parsed.value);
	const forged = sealRecord(payload, people.wang.sign(signatureInput(payload)));
	const foreign = new RelayCorner(people.wang).founding;
	chen.offer([forged, ...foreign.wires, ...topic.wires]);

	const id = topic.ids[0] as RecordId;
	await chen.verdictOn(id, '');
	expect(chen.ledger.flatMap((message) => (message.t === 'ack' ? message.verdicts : []))).toContainEqual([
		id,
		'signature-invalid',
	]);
	for (const other of foreign.ids) expect(await chen.verdictOn(other)).toBe('other-grid');
	expect(await store.readRecords(corner.grid)).toHaveLength(before + 1);
});

test('[RELAY-11] a record that came before what it cites waits, and is acknowledged when that arrives', async () => {
	const { corner, chen } = await foundedCorner();
	const { act, invite } = corner.invite();
	const join = corner.join(people.wang, invite);
	const admission = corner.admit(people.wang);
	chen.offer([...admission.wires, ...join.wires].reverse());
	expect(await chen.verdictOn(join.ids[0] as RecordId)).toBe('later');
	chen.offer(act.wires);
	for (const id of [...act.ids, ...join.ids, ...admission.ids]) await chen.verdictOn(id, '');
});

test('[RELAY-11] what waits for one connection is bounded in bytes; the oldest goes first', () => {
	const waiting = new Waiting();
	const wire = new Uint8Array(LIMITS.heldBytes / 4);
	const missing = 'ff'.repeat(32) as RecordId;
	const ids = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(64) as RecordId);
	for (const id of ids) waiting.hold({ id, wire } as LedgerRecord, missing);
	expect(waiting.take(missing).map(({ id }) => id)).toEqual(ids.slice(1));
});

test('[RELAY-12] a newcomer offers nothing but its join, and hears structure', async () => {
	const { host, corner, chen } = await foundedCorner();
	const { act, invite } = corner.invite();
	await chen.bring(act);
	const wang = await loggedIn(host, corner.grid, people.wang, { wires: corner.join(people.wang, invite).wires });
	const topic = corner.topic(people.chen);
	wang.offer(topic.wires);
	expect(await wang.verdictOn(topic.ids[0] as RecordId)).toBe('not-permitted');
	await chen.bring(topic);
	await eventually(() => expect(wang.wires).toContainEqual(topic.wires[0]));
});

test('[RELAY-13] a blob is taken only if a record names it and its hash is right, and survives a restart', async () => {
	const { corner, chen, restart } = await foundedCorner();
	const topic = corner.topic(people.chen);
	const [blob] = topic.blobs as [Uint8Array];
	chen.sendBlob(blob);
	await chen.ledgerMessage((message) => message.t === 'blob-ack' && message.verdict === 'blob-not-referenced');
	chen.offer(topic.wires);
	await chen.ledgerMessage((message) => message.t === 'want-blobs' && message.hashes.includes(blobHash(blob)));
	chen.say({ t: 'chunk', hash: blobHash(blob), offset: 0, size: 2, bytes: Uint8Array.of(1, 2) });
	await chen.ledgerMessage((message) => message.t === 'blob-ack' && message.verdict === 'blob-hash-wrong');
	await chen.bring(topic);

	const again = await loggedIn((await restart()).host, corner.grid, people.chen);
	again.say({ t: 'want-blobs', hashes: [blobHash(blob)] });
	const chunk = await again.ledgerMessage(({ t }) => t === 'chunk');
	expect(chunk).toMatchObject({ hash: blobHash(blob), size: blob.length, bytes: blob });
});

test('[RELAY-13] a third blob while two are half sent is to come later', async () => {
	const { corner, chen } = await foundedCorner();
	const hashes = ['一', '二', '三'].map((title) => {
		const topic = corner.topic(people.chen, title);
		chen.offer(topic.wires);
		return blobHash(topic.blobs[0] as Uint8Array);
	});
	for (const hash of hashes) chen.say({ t: 'chunk', hash, offset: 0, size: 2, bytes: Uint8Array.of(1) });
	const answer = await chen.ledgerMessage((message) => message.t === 'blob-ack' && hashes.includes(message.hash));
	expect(answer).toEqual({ t: 'blob-ack', hash: hashes.at(-1), verdict: 'later' });
});

test('[RELAY-14] a blob that somebody waits for is delivered when it arrives', async () => {
	const { host, corner, chen } = await cornerWithWang();
	const wang = await loggedIn(host, corner.grid, people.wang);
	const topic = corner.topic(people.chen);
	const [blob] = topic.blobs as [Uint8Array];
	chen.offer(topic.wires);
	await chen.verdictOn(topic.ids[0] as RecordId, '');
	wang.say({ t: 'want-blobs', hashes: [blobHash(blob)] });
	chen.sendBlob(blob);
	await wang.ledgerMessage((message) => message.t === 'chunk' && message.hash === blobHash(blob));
});

test('[RELAY-15] names are given to members and never to a newcomer', async () => {
	const { host, corner, chen } = await cornerWithWang();
	const { act, invite } = corner.invite();
	await chen.bring(act);
	const zhang = await loggedIn(host, corner.grid, people.zhang, { wires: corner.join(people.zhang, invite).wires });
	const card = blobHash(corner.founding.blobs[0] as Uint8Array);
	const topic = corner.topic(people.chen);
	await chen.bring(topic);
	zhang.say({ t: 'want-blobs', hashes: [card, blobHash(topic.blobs[0] as Uint8Array)] });
	await zhang.ledgerMessage(({ t }) => t === 'chunk');
	expect(zhang.ledger.filter((message) => message.t === 'chunk' && message.hash === card)).toEqual([]);

	const wang = await loggedIn(host, corner.grid, people.wang);
	wang.say({ t: 'want-blobs', hashes: [card] });
	await wang.ledgerMessage(({ t }) => t === 'chunk');
});

test('[RELAY-16] what the disk refuses is acknowledged to nobody, and the relay goes on from the disk', async () => {
	let isFull = false;
	const founded = await foundedCorner((store) => {
		const commit = store.commit.bind(store);
		return Object.assign(store, {
			commit: async (batch: Parameters<typeof commit>[0]) => {
				if (isFull) throw new Error('disk full');
				return commit(batch);
			},
		});
	});
	await admitTo(founded, people.wang);
	const { host, corner, chen } = founded;
	const topic = corner.topic(people.chen);
	isFull = true;
	chen.offer(topic.wires);
	expect(await chen.closeCode()).toBe(4500);
	expect(founded.faults).toHaveLength(1);
	isFull = false;
	const again = await loggedIn(host, corner.grid, people.chen);
	again.offer(topic.wires);
	expect(await again.verdictOn(topic.ids[0] as RecordId)).toBe('');
	expect(
		chen.ledger.some((message) => message.t === 'ack' && message.verdicts.some(([id]) => id === topic.ids[0])),
	).toBe(false);
});
