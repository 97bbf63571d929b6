import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import * as Y from 'yjs';
import { DraftHoldings } from '#core/wire/draft-holdings.ts';
import { encodeDraftMessage } from '#core/wire/frames.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { filledFolders } from '../support/filled-folders.ts';
import { must } from '../support/must.ts';
import { connect, type RelayClient } from '../support/relay-client.ts';
import { RelayCorner, RelayPerson } from '../support/relay-people.ts';
import { spawnRelay } from '../support/spawn-relay.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { eventually } from '../support/wait.ts';

const DRAFTS = 100;
const CUT = 20_000;
/** Edits that come in one message. */
const TURN = 10;
const founder = new RelayPerson('陈慧');

/** Two relays in processes of their own, cut for 20 seconds while people write at both: how long until both hold the same. */
export async function linksBench(): Promise<void> {
	console.log('links: 100 drafts, edits at each of two relays while they are cut for 20 s');
	for (const edits of [1000, 10_000]) {
		const seconds = await secondsUntilEqual(edits);
		console.log(
			`${String(edits).padStart(8)} edits on each side: equal ${seconds.toFixed(1)} s after the network is back`,
		);
	}
}

async function secondsUntilEqual(edits: number): Promise<number> {
	const corner = new RelayCorner(founder);
	const topics = Array.from({ length: DRAFTS }, (_, index) => corner.topic(founder, `议题 ${index}`));
	const rooms = topics.map(({ ids }) => draftRoom(corner.grid, 'topic', must(ids[0])));
	const folders = await filledFolders(corner, topics);
	const home = await spawnRelay(folders[0]);
	const network = new TcpProxy();
	const port = await network.listen(Number(home.host.split(':')[1]));
	const yard = await spawnRelay(folders[1], { PEERS: `ws://127.0.0.1:${port}` });
	const sides = await Promise.all(
		[home, yard].map(({ host }, index) => new Side(host, index + 1).arrived(corner, rooms)),
	);
	try {
		return await apartAndTogether(sides, rooms, network, edits);
	} finally {
		for (const side of sides) side.client.end();
		await network.close();
		await Promise.all([home.kill(), yard.kill()]);
		for (const folder of folders) rmSync(folder, { recursive: true });
	}
}

async function apartAndTogether(sides: readonly Side[], rooms: readonly string[], network: TcpProxy, edits: number) {
	await linked(sides, must(rooms[0]));
	network.cut();
	const cutAt = performance.now();
	for (const side of sides) await side.write(edits);
	await pause(Math.max(0, CUT - (performance.now() - cutAt)));
	network.heal();
	const healed = performance.now();
	const goal = expected(sides, rooms);
	for (const side of sides) await eventually(() => side.isAt(goal), 120_000);
	return (performance.now() - healed) / 1000;
}

/** The people at one relay: one connection, and what they wrote. */
class Side {
	readonly #host: string;
	readonly #number: number;
	readonly docs = new Map<string, Y.Doc>();
	client!: RelayClient;

	constructor(host: string, number: number) {
		this.#host = host;
		this.#number = number;
	}

	async arrived(corner: RelayCorner, rooms: readonly string[]): Promise<this> {
		this.client = await connect(this.#host, corner.grid);
		await this.client.logIn(founder);
		for (const room of rooms) {
			const doc = new Y.Doc();
			doc.clientID = this.#number;
			this.docs.set(room, doc);
		}
		return this;
	}

	/** Over all drafts in turn. Resolves when the relay holds them. */
	async write(edits: number): Promise<void> {
		for (let round = 0; round < edits / DRAFTS / TURN; round++) {
			for (const [room, doc] of this.docs) {
				const update = typed(doc);
				this.client.socket.send(encodeDraftMessage({ t: 'step2', room, update }));
			}
		}
		await eventually(() => this.isAt(new Map([...this.docs].map(([room, doc]) => [room, digestOf([doc])]))), 300_000);
	}

	/** Throws unless the relay holds these drafts in this state. */
	async isAt(goal: ReadonlyMap<string, string>): Promise<void> {
		const heard = this.client.heard.length;
		const all = [...goal];
		for (let start = 0; start < all.length; start += 64)
			this.client.socket.send(encodeDraftMessage({ t: 'have', drafts: all.slice(start, start + 64) }));
		// Answers come in order: one about what is not there is none, and this one is never equal.
		const [room] = must(all[0]);
		const last = '00'.repeat(32);
		this.client.socket.send(encodeDraftMessage({ t: 'have', drafts: [[room, last]] }));
		const differing = await eventually(() => {
			const answers = this.client.heard.slice(heard).filter((own) => own.number === 66 && own.message.t === 'step1');
			const ours = answers.map((own) => (own.number === 66 && own.message.t === 'step1' ? own.message.room : ''));
			if (ours.at(-1) !== room) throw new Error('No answer yet');
			return ours.length - 1;
		}, 60_000);
		if (differing > 0) throw new Error(`${differing} drafts differ`);
	}
}

/** Some letters one after the other, and the last is taken back: what a relay gets in one turn. */
function typed(doc: Y.Doc): Uint8Array {
	const before = Y.encodeStateVector(doc);
	const text = doc.getText('text');
	for (let count = 1; count < TURN; count++) text.insert(text.length, '字');
	text.delete(text.length - 1, 1);
	return Y.encodeStateAsUpdate(doc, before);
}

/** A letter at one relay has come to the other. */
async function linked(sides: readonly Side[], room: string): Promise<void> {
	const [one, other] = [must(sides[0]), must(sides[1])];
	const doc = must(one.docs.get(room));
	doc.getText('text').insert(0, '。');
	const update = Y.encodeStateAsUpdate(doc);
	one.client.socket.send(encodeDraftMessage({ t: 'step2', room, update }));
	await eventually(() => other.isAt(new Map([[room, digestOf([doc])]])), 30_000);
	Y.applyUpdate(must(other.docs.get(room)), update);
}

function expected(sides: readonly Side[], rooms: readonly string[]): ReadonlyMap<string, string> {
	return new Map(rooms.map((room) => [room, digestOf(sides.map(({ docs }) => must(docs.get(room))))]));
}

function digestOf(docs: readonly Y.Doc[]): string {
	const holdings = new DraftHoldings();
	for (const doc of docs) holdings.take(Y.encodeStateAsUpdate(doc));
	return holdings.digest();
}
