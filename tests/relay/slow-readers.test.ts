import { once } from 'node:events';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readDraftFrame, updateFrame } from '../../server/relay/draft-frames.ts';
import { LIMITS } from '../../server/relay/limits.ts';
import { readStates } from '../../server/relay/presence-states.ts';
import { answersBeat, type RelayClient } from '../support/relay-client.ts';
import { cornerWithDraft, lastStored, presenceFrame } from '../support/relay-drafts.ts';
import { foundedCorner, loggedIn, people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

test('[RELAY-29] a client that stops reading is cut, told to come back, and the others go on', async () => {
	const { host, room } = await cornerWithDraft();
	const stuck = await loggedIn(host, room, people.wang);
	stuck.socket.pause();
	const writers = await Promise.all([1, 2, 3].map(() => loggedIn(host, room, people.chen)));
	for (const writer of writers) await writeAndDelete(writer, 4);
	stuck.socket.resume();
	expect([4529, 1006]).toContain(await stuck.closeCode());
	for (const writer of writers) await answersBeat(writer);
	const back = await loggedIn(host, room, people.wang);
	await answersBeat(back);
}, 20_000);

test('[RELAY-47] a flood of presence cuts no slow reader, holds nobody up, and the latest of it arrives', async () => {
	const { host, room, chen: trunk } = await cornerWithDraft();
	const slow = await loggedIn(host, room, people.wang);
	slow.socket.pause();
	const times = LIMITS.presenceBurst - 10;
	const floods = [1, 2, 3, 4].map(async (client) => {
		const flood = await loggedIn(host, room, people.chen);
		await announce(flood, client, times);
		return answersBeat(flood);
	});
	for (let count = 0; count < 5; count++) await answersBeat(trunk);
	await Promise.all(floods);
	slow.socket.resume();
	await eventually(() =>
		expect([1, 2, 3, 4].map((client) => clocksOf(slow.frames, client).at(-1))).toEqual(Array(4).fill(times)),
	);
	expect(slow.closed).toBeUndefined();
	expect(clocksOf(slow.frames, 1)).toEqual([...clocksOf(slow.frames, 1)].sort((a, b) => a - b));
}, 20_000);

test('[RELAY-48] who announces itself more often than anybody can see waits, and is not cut', async () => {
	const { host, room } = await cornerWithDraft();
	const eager = await loggedIn(host, room, people.chen);
	const start = performance.now();
	const count = LIMITS.presenceBurst + LIMITS.presencePerSecond;
	for (let clock = 1; clock <= count; clock++) eager.socket.send(presenceFrame(7, clock, 8));
	await answersBeat(eager);
	expect(performance.now() - start).toBeGreaterThan(700);
	expect(eager.closed).toBeUndefined();
});

test('[RELAY-46] a peer that neither speaks nor answers is dropped at the second look, and a silent one that lives is not', async () => {
	const { host, corner, relay, chen } = await foundedCorner();
	const dead = await loggedIn(host, corner.grid, people.chen);
	// Answers no ping, as a phone whose network is gone.
	dead.socket.pause();
	relay.checkPulses();
	await answersBeat(chen);
	relay.checkPulses();
	dead.socket.resume();
	expect(await dead.closeCode()).toBe(1006);
	await eventually(() => expect(chen.pings).toBe(2));
	relay.checkPulses();
	await answersBeat(chen);
	expect(chen.closed).toBeUndefined();
});

/** Writes 1.8 MB and deletes it, so often: much to read, and nothing that stays. */
async function writeAndDelete(writer: RelayClient, times: number): Promise<void> {
	const doc = new Y.Doc();
	doc.on('update', (update: Uint8Array) => writer.socket.send(updateFrame(update)));
	for (let time = 1; time <= times; time++) {
		doc.getText('text').insert(0, '长'.repeat(600_000));
		doc.getText('text').delete(0, 600_000);
		await eventually(() => expect(lastStored(writer)).toBe(2 * time));
	}
}

/** Says so often that it is here, each time only when the last was passed on: 60 KiB to every reader. */
async function announce(flood: RelayClient, client: number, times: number): Promise<void> {
	let read = 0;
	for (let clock = 1; clock <= times; clock++) {
		flood.socket.send(presenceFrame(client, clock, 60 * 1024));
		for (let heard = 0; heard !== clock; read++) {
			while (read >= flood.frames.length) await once(flood.socket, 'message');
			heard = clocksOf(flood.frames.slice(read, read + 1), client).at(-1) ?? heard;
		}
	}
}

/** The clocks of one clientID in what somebody was told, in order. */
function clocksOf(frames: readonly Uint8Array[], of: number): readonly number[] {
	return frames.flatMap((frame) => {
		const read = readDraftFrame(frame);
		const states = read.ok && read.value.t === 'awareness' ? (readStates(read.value.states) ?? []) : [];
		return states.filter(({ client }) => client === of).map(({ clock }) => clock);
	});
}
