import { afterAll, expect, test } from 'vitest';
import { RECORD_TYPES, type RecordType } from '#core/ledger/registry.ts';
import type { DocumentKind } from '#core/roster/permissions.ts';
import { encodeDraftMessage, encodeLedgerMessage } from '#core/wire/frames.ts';
import { draftRoom, type DraftKind } from '#core/wire/rooms.ts';
import { step1Frame, updateFrame } from '../../server/relay/draft-frames.ts';
import { Callers, roleNamed } from '../support/callers.ts';
import { NOTHING_YET, word, wordsTold } from '../support/draft-words.ts';
import { idOf } from '../support/forging.ts';
import { AUTHORS_BY_HAND, names, TYPES_BY_HAND } from '../support/permission-table.ts';
import { answersBeat, connect } from '../support/relay-client.ts';
import { lastStored } from '../support/relay-drafts.ts';
import type { RunningRelay } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

/**
 * LEDGER 2, "Relay access by role × document kind", by hand: who reads, who writes. Whoever is in no row is nobody to
 * a relay: a phone whose right was ended, a stranger.
 */
const READS: Readonly<Record<DocumentKind, string>> = {
	ledger: 'F C V R T S D H M O N (T) (W) (r)',
	topic: 'F C V R T S D H M O (T) (W) (r)',
	minutes: 'F C V R T S D H M O (T) (W) (r)',
};
const WRITES: Readonly<Record<DocumentKind, string>> = {
	ledger: 'F C V R T S D H M (T) (W) (r)',
	topic: 'F C V R T S D H M (T) (W) (r)',
	minutes: 'F C V R T S D H M (T) (W) (r)',
};
/** LEDGER 5: what anybody may show at the door, if those who may have signed it. */
const INTRODUCES = 'invite join member.add device.add role.grant relay.add relay.end cosign';
const DRAFT_KINDS: readonly DraftKind[] = ['topic', 'minutes'];
const FORBIDDEN = 4403;
const MALFORMED = 4400;

const callers = new Callers();
const { grid } = callers.scene.council.corner;
const roomOf = (kind: DocumentKind) => (kind === 'ledger' ? grid : draftRoom(grid, kind, callers.scene.topic));
const within = (row: string) => callers.letters.filter((letter) => names(row, letter));
const outside = callers.letters.filter((letter) => !names(READS.ledger, letter));

let tried = 0;
afterAll(() => console.log(`${tried} combinations of caller, document and record or act were tried at a relay`));

test.each(['ledger', ...DRAFT_KINDS] as const)(
	'[ROS-2] %s is opened to exactly those whom the table names',
	async (kind) => {
		const relay = await callers.relay();
		const answers = await each(callers.letters, async (letter) => (await knock(relay, kind, letter))[1]);
		const expected = (letter: string) => (names(READS[kind], letter) ? roleNamed(letter) : FORBIDDEN);
		expect(answers).toEqual(Object.fromEntries(callers.letters.map((letter) => [letter, expected(letter)])));
	},
);

test('[ROS-2] structure is told to everybody who is let in, and who voted what to nobody who only joined', async () => {
	const relay = await callers.relay();
	const told = await each(within(READS.ledger), async (letter) => {
		const [client] = await knock(relay, 'ledger', letter);
		for (const scope of [callers.scene.poll, null]) client.say({ t: 'hello', scope, root: '00'.repeat(32) });
		await client.ledgerMessage((message) => message.t === 'buckets' && message.scope === null);
		return client.ledger.filter(({ t }) => t === 'buckets').length;
	});
	expect(told).toEqual(Object.fromEntries(within(READS.ledger).map((letter) => [letter, letter === 'N' ? 1 : 2])));
});

test.each(DRAFT_KINDS)('[ROS-2] a %s draft is read and written by exactly those whom the table names', async (kind) => {
	const relay = await callers.relay();
	const outcomes = await each(within(READS[kind]), async (letter) => {
		const [client] = await knock(relay, kind, letter);
		client.socket.send(step1Frame(NOTHING_YET));
		await eventually(() => expect(wordsTold(client)).toBeDefined());
		client.socket.send(updateFrame(word(letter)));
		return eventually(() => client.closed?.code ?? (lastStored(client) > 0 || failed('No answer')));
	});
	const expected = (letter: string) => names(WRITES[kind], letter) || FORBIDDEN;
	expect(outcomes).toEqual(Object.fromEntries(within(READS[kind]).map((letter) => [letter, expected(letter)])));
	expect(await wordsIn(relay, kind)).toEqual([...within(WRITES[kind])].sort());
});

test.each(DRAFT_KINDS)('[ROS-2] nobody reads or writes more of a %s draft by asking on the trunk', async (kind) => {
	const relay = await callers.relay();
	const clients = await each(within(READS.ledger), async (letter) => {
		const [client] = await knock(relay, 'ledger', letter);
		client.socket.send(encodeDraftMessage({ t: 'step1', room: roomOf(kind), vector: NOTHING_YET }));
		if (names(READS[kind], letter)) await eventually(() => expect(wordsTold(client)).toBeDefined());
		else await answersBeat(client);
		client.socket.send(encodeDraftMessage({ t: 'step2', room: roomOf(kind), update: word(letter) }));
		return client;
	});
	const writers = [...within(WRITES[kind])].sort();
	await eventually(async () => expect(await wordsIn(relay, kind)).toEqual(writers));
	const told = within(READS.ledger).filter((letter) => clients[letter] && wordsTold(clients[letter]));
	expect(told).toEqual(within(READS[kind]));
});

test('[ROS-1] [ROS-2] of its own records a caller is taken exactly those whose author it may be', async () => {
	const relay = await callers.relay();
	const verdicts = await each(within(READS.ledger), (letter) =>
		offered(relay, letter, (type) => callers.written(letter, type)),
	);
	for (const letter of within(READS.ledger)) {
		const may = (type: RecordType) =>
			type !== 'genesis' && mayOffer(letter, type) && names(AUTHORS_BY_HAND[type], letter);
		const expected = RECORD_TYPES.map((type) => [type, may(type) ? '' : refusalOf(type)]);
		expect([letter, verdicts[letter]]).toEqual([letter, Object.fromEntries(expected)]);
	}
});

test("[ROS-2] of others' records everything is taken from whoever writes, a join from who joined, else nothing", async () => {
	const relay = await callers.relay();
	const verdicts = await each(within(READS.ledger), (letter) =>
		offered(relay, letter, (type) => callers.brought(letter, type)),
	);
	for (const letter of within(READS.ledger)) {
		const may = (type: RecordType) => type !== 'genesis' && mayOffer(letter, type);
		const expected = RECORD_TYPES.map((type) => [type, may(type) ? '' : refusalOf(type)]);
		expect([letter, verdicts[letter]]).toEqual([letter, Object.fromEntries(expected)]);
	}
});

test.each(outside)('[RELAY-43] %s is taken nothing from, but what introduces somebody', async (letter) => {
	const relay = await callers.relay();
	const before = await relay.store.readRecords(grid);
	await each(TYPES_BY_HAND, async (type) => {
		const client = await connect(relay.host, grid);
		client.offer([callers.written(letter, type), callers.brought(letter, type, 1)]);
		const shown = { wires: [callers.brought(letter, type)] };
		expect(await client.knock(callers.of(letter).device, shown)).toBe(FORBIDDEN);
	});
	const held = new Set((await relay.store.readRecords(grid)).map(({ id }) => id));
	const taken = TYPES_BY_HAND.filter((type) => held.has(idOf(callers.brought(letter, type))));
	expect(taken).toEqual(TYPES_BY_HAND.filter((type) => names(INTRODUCES, type)));
	expect(held.size).toBe(before.length + taken.length);
});

test.each(DRAFT_KINDS)('[ROS-2] a record offered in the room of a %s draft is taken from nobody', async (kind) => {
	const relay = await callers.relay();
	const before = await relay.store.readRecords(grid);
	const offer = async (letter: string, type: RecordType) => {
		const [client] = await knock(relay, kind, letter);
		const wires = [callers.brought(letter, type)];
		client.socket.send(encodeLedgerMessage({ t: 'records', scope: callers.scene.scopeOf(type), wires }));
		expect(await client.closeCode()).toBe(MALFORMED);
	};
	// A device may have no more than 32 connections at a time.
	for (const types of [RECORD_TYPES.slice(0, 20), RECORD_TYPES.slice(20)])
		await Promise.all(within(READS[kind]).map((letter) => each(types, (type) => offer(letter, type))));
	expect((await relay.store.readRecords(grid)).length).toBe(before.length);
});

const knock = (relay: RunningRelay, kind: DocumentKind, letter: string) => callers.knock(relay, roomOf(kind), letter);

/** Runs one trial for each of them, all at once, and counts them. */
async function each<K extends string, T>(keys: readonly K[], attempt: (key: K) => Promise<T>) {
	tried += keys.length;
	const outcomes = await Promise.all(keys.map(async (key) => [key, await attempt(key)] as const));
	return Object.fromEntries(outcomes) as Readonly<Record<K, T>>;
}

const mayOffer = (letter: string, type: RecordType) =>
	names(WRITES.ledger, letter) || (letter === 'N' && type === 'join');

const refusalOf = (type: RecordType) => (type === 'genesis' ? 'other-grid' : 'not-permitted');

/** What the relay says to one record of every type from this caller. */
async function offered(relay: RunningRelay, letter: string, write: (type: RecordType) => Uint8Array) {
	const [client] = await knock(relay, 'ledger', letter);
	const wires = RECORD_TYPES.map(write);
	client.offer(wires);
	return each(RECORD_TYPES, (type) => client.verdictOn(idOf(write(type))));
}

/** Everything that a draft holds by now. */
async function wordsIn(relay: RunningRelay, kind: DraftKind): Promise<readonly string[]> {
	const [client] = await knock(relay, kind, 'C');
	client.socket.send(step1Frame(NOTHING_YET));
	return eventually(() => wordsTold(client) ?? failed('Told nothing yet'));
}

function failed(why: string): never {
	throw new Error(why);
}
