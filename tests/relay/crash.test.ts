import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as decoding from 'lib0/decoding';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { toHex, type RecordId } from '#core/kernel/ids.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { updateFrame } from '../../server/relay/draft-frames.ts';
import { SqliteStore } from '../../server/storage/sqlite.ts';
import { RelayClient } from '../support/relay-client.ts';
import { RelayCorner } from '../support/relay-people.ts';
import { admitTo, people } from '../support/relay-fixtures.ts';
import { spawnRelay, type SpawnedRelay } from '../support/spawn-relay.ts';

/** `npm run test:chaos` sets a thousand. */
const KILLS = Number(process.env['KILLS'] ?? 50);
/** Then a fresh folder, so that the thousandth kill costs no more than the first. */
const KILLS_PER_FOLDER = 50;
const LONGEST_KILL_MS = 6000;

/** What somebody was told, either as an acknowledgement or as somebody else's news. */
class Promises {
	readonly records = new Set<string>();
	/** Texts of one edit each; every edit inserts a word of its own. */
	readonly words = new Set<string>();
}

test(
	'[RELAY-31] kill -9 at any moment loses nothing that was acknowledged or seen by somebody else',
	async () => {
		let [kills, records, edits] = [0, 0, 0];
		while (kills < KILLS) {
			const told = await killOften(Math.min(KILLS_PER_FOLDER, KILLS - kills), kills);
			kills += KILLS_PER_FOLDER;
			records += told.records.size;
			edits += told.words.size;
			console.log(
				`${Math.min(kills, KILLS)} kills, ${records} records and ${edits} edits promised, lost 0, integrity ok`,
			);
		}
		expect(records).toBeGreaterThan(KILLS);
		expect(edits).toBeGreaterThan(KILLS);
	},
	KILLS * LONGEST_KILL_MS,
);

/** Kills the relay of one folder so often, and looks each time for everything that was ever promised. */
async function killOften(kills: number, before: number): Promise<Promises> {
	const dataDir = mkdtempSync(join(tmpdir(), 'council-corner-crash-'));
	onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
	const corner = new RelayCorner(people.chen);
	const room = await prepare(dataDir, corner);
	const told = new Promises();
	for (let kill = before; kill < before + kills; kill++) {
		const relay = await spawnRelay(dataDir);
		await loadUntilKilled(relay, corner, room, told, 30 + ((kill * 37) % 170));
		await expectAllKept(dataDir, corner, room, told);
	}
	expect(integrity(dataDir)).toBe('ok');
	rmSync(dataDir, { recursive: true });
	return told;
}

/** A corner with Chen and Wang and a topic; resolves to the room of its draft. */
async function prepare(dataDir: string, corner: RelayCorner): Promise<string> {
	const relay = await spawnRelay(dataDir);
	const chen = new RelayClient(relay.host, corner.grid);
	await chen.logIn(people.chen, { wires: corner.founding.wires, founding: relay.foundingCode ?? '' });
	await chen.bring(corner.founding);
	await admitTo({ corner, chen }, people.wang);
	const topic = corner.topic(people.chen);
	await chen.bring(topic);
	await relay.kill();
	return draftRoom(corner.grid, 'topic', topic.ids[0] as RecordId);
}

/** Four connections write as fast as they are answered, for some milliseconds, and then the relay is gone. */
async function loadUntilKilled(relay: SpawnedRelay, corner: RelayCorner, room: string, told: Promises, ms: number) {
	const dial = (name: string) => new RelayClient(relay.host, name);
	const clients = [dial(corner.grid), dial(corner.grid), dial(room), dial(room)] as const;
	const [chenTrunk, wangTrunk, chenDraft, wangDraft] = clients;
	await Promise.all(clients.map((client, index) => client.logIn(index % 2 === 0 ? people.chen : people.wang)));
	for (const client of [chenTrunk, wangTrunk]) noteRecords(client, told);
	for (const client of [chenDraft, wangDraft]) noteEditsOfOthers(client, told);
	const timers = [
		setInterval(() => chenTrunk.offer(corner.topic(people.chen).wires), 4),
		setInterval(() => wangTrunk.offer(corner.topic(people.wang).wires), 5),
		writeWords(chenDraft, told),
		writeWords(wangDraft, told),
	];
	await new Promise((resolve) => setTimeout(resolve, ms));
	await relay.kill();
	// What the kernel still held for the clients was sent: it counts.
	await Promise.all(clients.map((client) => client.closeCode()));
	timers.forEach(clearInterval);
}

function noteRecords(client: RelayClient, told: Promises): void {
	client.socket.on('message', () => {
		const message = client.heard.at(-1);
		if (message?.number !== 64) return;
		if (message.message.t === 'ack') {
			for (const [id, verdict] of message.message.verdicts) if (verdict === '') told.records.add(id);
		}
		if (message.message.t === 'records') for (const wire of message.message.wires) told.records.add(toHex(wire));
	});
}

/** Sends one word an edit, about a thousand a second; a word counts once its number is acknowledged. */
function writeWords(client: RelayClient, told: Promises): NodeJS.Timeout {
	const sent: string[] = [];
	const doc = new Y.Doc();
	doc.on('update', (update: Uint8Array) => client.socket.readyState === 1 && client.socket.send(updateFrame(update)));
	client.socket.on('message', () => {
		const own = client.heard.at(-1);
		if (own?.number !== 66 || own.message.t !== 'stored') return;
		for (const word of sent.slice(0, own.message.n)) told.words.add(word);
	});
	return setInterval(() => {
		for (let count = 0; count < 3; count++) {
			const word = `${doc.clientID}-${sent.length}`;
			sent.push(word);
			doc.getArray('comments').push([word]);
		}
	}, 3);
}

function noteEditsOfOthers(client: RelayClient, told: Promises): void {
	const doc = new Y.Doc();
	client.socket.on('message', (data) => {
		const decoder = decoding.createDecoder(Uint8Array.from(data as Buffer));
		if (decoding.readVarUint(decoder) !== 0 || decoding.readVarUint(decoder) !== 2) return;
		Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
		for (const word of doc.getArray<string>('comments').toArray()) told.words.add(word);
	});
}

async function expectAllKept(dataDir: string, corner: RelayCorner, room: string, told: Promises): Promise<void> {
	const store = new SqliteStore(join(dataDir, 'corner.db'));
	const records = await store.readRecords(corner.grid);
	const kept = new Set(records.flatMap(({ id, wire }) => [id as string, toHex(wire)]));
	const doc = new Y.Doc();
	for (const update of await store.readUpdates(room)) Y.applyUpdate(doc, update);
	const words = new Set(doc.getArray<string>('comments').toArray());
	await store.close();
	expect([...told.records].filter((record) => !kept.has(record))).toEqual([]);
	expect([...told.words].filter((word) => !words.has(word))).toEqual([]);
}

function integrity(dataDir: string): unknown {
	const database = new DatabaseSync(join(dataDir, 'corner.db'));
	const [row] = database.prepare('PRAGMA integrity_check').all();
	database.close();
	return row?.['integrity_check'];
}
