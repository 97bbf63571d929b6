import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import * as Y from 'yjs';
import type { GridId } from '#core/kernel/ids.ts';
import { DraftDocument } from '#lib/adapters/yjs/draft-document.ts';
import { webSocketLine } from '#lib/adapters/web-socket-line.ts';
import { DraftConnection } from '#lib/adapters/yjs/draft-connection.ts';
import { step1Frame, step2Frame, updateFrame } from '../../server/relay/draft-frames.ts';
import { gappedUpdates, HOSTILE_UPDATES } from '../support/hostile-updates.ts';
import { people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

const EVERYTHING = Uint8Array.of(0);

test('[DRAFT-4] a device applies nothing of what a hostile relay sends, and goes on', async () => {
	const { doc, relay } = await deviceAndRelay();
	for (const make of Object.values(HOSTILE_UPDATES)) {
		const update = make();
		relay.send(updateFrame(update));
		relay.send(step2Frame(update));
	}
	relay.send(updateFrame(written('好的')));
	await eventually(() => expect(doc.getText('text').toString()).toBe('好的'));
	expect([...doc.share.keys()]).toEqual(['text']);
	expect(doc.store.clients.size).toBe(1);
	expect(doc.store.pendingStructs).toBeNull();
	expect(doc.store.pendingDs).toBeNull();
});

test('[DRAFT-5] a device that lacks what an edit builds on asks for it, and keeps nothing in the air', async () => {
	const { doc, relay, heard } = await deviceAndRelay();
	for (const update of gappedUpdates(600)) relay.send(updateFrame(update));
	relay.send(updateFrame(written('好的')));
	await eventually(() => expect(doc.getText('text').toString()).toBe('好的'));
	expect(doc.store.pendingStructs).toBeNull();
	relay.send(step2Frame(cyclic()));
	relay.send(step1Frame(EVERYTHING));
	await eventually(() => expect(heard.at(-1)?.slice(0, 2)).toEqual(Uint8Array.of(0, 1)));
	// One at the opening, and one for all of the edits.
	expect(heard.filter(([number, step]) => number === 0 && step === 0)).toHaveLength(2);
	expect(doc.store.pendingStructs).toBeNull();
});

/** Our own connection, and the other end of it in the hands of the test. */
async function deviceAndRelay() {
	const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
	onTestFinished(() => server.close());
	const document = new DraftDocument();
	const { doc } = document;
	const heard: Uint8Array[] = [];
	const arrival = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as { port: number };
	const connection = new DraftConnection(webSocketLine(`ws://127.0.0.1:${port}/sync`), 'room', document, {
		...{ grid: 'e'.repeat(64) as GridId, key: people.chen.key },
		sign: async (message) => people.chen.sign(message),
		accepts: () => true,
		edits: () => 0,
		committed: () => {},
	});
	onTestFinished(() => connection.close());
	connection.connect();
	const relay = await arrival;
	relay.on('message', (data) => heard.push(Uint8Array.from(data as Buffer)));
	await eventually(() => expect(heard.length).toBeGreaterThan(0));
	return { doc, relay, heard };
}

function written(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

/** Two clients of which each builds on the other: sound to look at, and never to be applied. */
const cyclic = (): Uint8Array => Uint8Array.of(2, 1, 2, 0, 0x84, 1, 0, 1, 97, 1, 1, 0, 0x84, 2, 0, 1, 98, 0);
