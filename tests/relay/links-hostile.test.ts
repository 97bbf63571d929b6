import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import type { DeviceKey, GridId, PollId, RecordId } from '#core/kernel/ids.ts';
import { payloadOf } from '#core/ledger/record.ts';
import { introductionOf as wiresThatIntroduce } from '#core/wire/introduction.ts';
import { endRelay } from '#core/roster/device-acts.ts';
import { signReceipt } from '#core/polls/acts.ts';
import { CLOSINGS } from '#core/wire/close-codes.ts';
import { decodeOwnFrame, encodeDraftMessage, encodeLoginMessage, MESSAGE_NUMBERS } from '#core/wire/frames.ts';
import { loginMessage } from '#core/wire/login-messages.ts';
import { hello } from '#core/wire/reconcile.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { Composer } from '#core/ledger/composer.ts';
import { flipBit, forge, idOf, parsed, signWire } from '../support/forging.ts';
import { HOSTILE_UPDATES } from '../support/hostile-updates.ts';
import { must } from '../support/must.ts';
import { connect } from '../support/relay-client.ts';
import { admitTo, loggedIn, people, type RunningRelay } from '../support/relay-fixtures.ts';
import { dialFrom, idsIn, linkedCorner } from '../support/relay-links.ts';
import { RelayCorner, RelayPerson } from '../support/relay-people.ts';
import { ballotOf, enrolment, openVote } from '../support/relay-vote.ts';
import { eventually } from '../support/wait.ts';

const { chen: founder, wang } = people;
const rogue = new RelayPerson('别人的中继');
const NOTHING = '00'.repeat(32);

/** A corner whose relay has something to lose: a topic, a vote, a ballot. The rogue is taken on if it says so. */
async function corner({ isTakenOn = true } = {}) {
	const linked = await linkedCorner(1);
	await admitTo(linked, wang);
	const { corner, chen, host } = linked;
	const taken = isTakenOn ? enrolment(corner, rogue.key) : undefined;
	if (taken) await chen.bring(taken);
	const { act, poll } = openVote(corner, founder, wang);
	await chen.bring(act);
	return { ...linked, taken, act, poll, room: draftRoom(corner.grid, 'topic', must(act.ids[0])), rogueAt: host };
}

test('[LINK-1] a relay that the grid has taken on reads every scope, and brings what anybody wrote', async () => {
	const { corner: place, host, poll } = await corner();
	const relay = await connect(host, place.grid);
	expect(await relay.logIn(rogue)).toBe('relay');
	for (const scope of [null, poll]) relay.say({ t: 'hello', scope, root: NOTHING });
	await relay.ledgerMessage((heard) => heard.t === 'buckets' && heard.scope === poll);
	const topic = place.topic(wang);
	await relay.bring(topic);
});

test('[LINK-2] what a relay carries waits for no device’s rate, and a join for no invitation’s count', async () => {
	const { corner: place, host, poll } = await corner();
	const relay = await loggedIn(host, place.grid, rogue);
	const ballots = Array.from({ length: 70 }, () => ballotOf(place, wang, poll).wires).flat();
	relay.offer(ballots, poll);
	for (const wire of ballots) expect(await relay.verdictOn(idOf(wire))).toBe('');
	const { act, invite } = place.invite(1);
	const joins = ['钱伟', '孙丽'].map((name) => place.join(new RelayPerson(name), invite));
	relay.offer([...act.wires, ...joins.flatMap(({ wires }) => wires)]);
	for (const { ids } of joins) expect(await relay.verdictOn(must(ids[0]))).toBe('');
});

test('[LINK-8] whom the grid has not taken on, or let go, is refused at either door and told nothing', async () => {
	const linked = await corner({ isTakenOn: false });
	const stranger = await connect(linked.host, linked.corner.grid);
	expect(await stranger.knock(rogue)).toBe(CLOSINGS.forbidden.code);
	expect(stranger.ledger).toEqual([]);
	const heard = await listenAs(linked, rogue.key, (socket, frame) => answer(socket, frame, linked.corner.grid, rogue));
	await eventually(() => expect(heard.closed).toBe(CLOSINGS.forbidden.code));
	expect(heard.frames).toEqual([]);
});

test('[LINK-8] one that is let go while it is linked is told by what, and then cut; it comes back to nothing', async () => {
	const { corner: place, chen, host, taken, act } = await corner();
	const relay = await loggedIn(host, place.grid, rogue);
	const ending = place.act(founder, (composer, as) => void endRelay(composer, as, must(taken?.ids[0])));
	await chen.bring(ending);
	expect(await relay.closeCode()).toBe(CLOSINGS.forbidden.code);
	expect(relay.wires.map(idOf)).toEqual(ending.ids);
	const again = await connect(host, place.grid);
	expect(await again.knock(rogue)).toBe(CLOSINGS.forbidden.code);
	expect(again.wires.map(idOf)).not.toContain(act.ids[0]);
});

test('[LINK-8] a relay of another grid opens none of this one, whatever it shows', async () => {
	const { host, corner: place } = await corner({ isTakenOn: false });
	const other = new RelayCorner(new RelayPerson('别处的人'));
	const foreign = enrolment(other, rogue.key);
	const shown = { wires: [...other.founding.wires, ...foreign.wires] };
	expect(await (await connect(host, place.grid)).knock(rogue, shown)).toBe(CLOSINGS.forbidden.code);
	expect(await (await connect(host, other.grid)).knock(rogue, shown)).toBe(CLOSINGS.notKnownYet.code);
});

test('[LINK-3] a login that was heard elsewhere opens no link: the relay, the moment and the host are in it', async () => {
	const { host, corner: place } = await corner();
	const [first, second] = [await connect(host, place.grid), await connect(host, place.grid)];
	const { relay, nonce } = must(first.challenge);
	const signature = rogue.sign(loginMessage(relay, nonce, place.grid, place.grid, host));
	const proof = encodeLoginMessage({ t: 'proof', key: rogue.key, signature, wires: [] });
	second.socket.send(proof);
	expect(await second.closeCode()).toBe(CLOSINGS.forbidden.code);
	const misled = await connect(host, place.grid);
	expect(await misled.knock(rogue, { host: 'somewhere.example' })).toBe(CLOSINGS.forbidden.code);
});

test('[LINK-3] an address where somebody only names a relay’s key hears a proof, and not a word of the grid', async () => {
	const linked = await corner();
	const impostor = new RelayPerson('冒名者');
	const heard = await listenAs(linked, rogue.key, (socket, frame) =>
		answer(socket, frame, linked.corner.grid, impostor, rogue.key),
	);
	await eventually(() => expect(heard.closed).toBe(CLOSINGS.forbidden.code));
	expect(heard.frames.map(([number]) => number)).toEqual([MESSAGE_NUMBERS.login, MESSAGE_NUMBERS.login]);
});

test('[LINK-3] nobody but a relay that has proved itself is given this relay’s proof, and only for its own key', async () => {
	const { host, corner: place } = await corner();
	for (const [who, key] of [
		[wang, wang.key],
		[rogue, wang.key],
	] as const) {
		const client = await loggedIn(host, place.grid, who);
		client.socket.send(encodeLoginMessage({ t: 'challenge', relay: key, nonce: new Uint8Array(32), wires: [] }));
		expect(await client.closeCode()).toBe(CLOSINGS.malformed.code);
	}
});

test('[LINK-9] what a relay forged, altered or wrote itself is refused, record by record; its receipts are taken', async () => {
	const { corner: place, host, poll, taken, relays } = await corner();
	const relay = await loggedIn(host, place.grid, rogue);
	const auth = must(taken?.ids[0]);
	const ballot = must(ballotOf(place, wang, poll).wires[0]);
	const before = await idsIn(must(relays[0]), place);
	const procedure = { id: 'x', version: '1', hash: 'f6'.repeat(32) } as const;
	const own = { title: 'f6'.repeat(32), source: 'resident', procedure } as never;
	const refused: readonly (readonly [Uint8Array, string])[] = [
		[flipBit(ballot, -1), 'signature-invalid'],
		[signWire(rogue, parsedPayload(ballot)), 'signature-invalid'],
		[forge(place.story, rogue, 'topic.open', own, { auth }), 'not-permitted'],
		[
			forge(place.story, rogue, 'ballot', { poll, choice: 'approve', replaces: [] } as never, { auth, scope: poll }),
			'not-permitted',
		],
	];
	for (const [wire, why] of refused) {
		relay.offer([wire], parsed(wire).scope);
		await eventually(async () => expect([await relay.verdictOn(idOf(wire)), why]).toEqual([why, why]));
	}
	expect(await idsIn(must(relays[0]), place)).toEqual(before);
	relay.offer([ballot], poll);
	expect(await relay.verdictOn(idOf(ballot), '')).toBe('');
	const receipt = receiptOf(place, auth, idOf(ballot), poll);
	relay.offer([receipt], poll);
	expect(await relay.verdictOn(idOf(receipt), '')).toBe('');
});

test('[LINK-9] a draft update that would harm whoever applies it ends the link, and goes no further', async () => {
	const { corner: place, host, room, relays } = await corner();
	const [home, yard] = [must(relays[0]), must(relays[1])];
	dialFrom(yard, home);
	await eventually(async () => expect(await idsIn(yard, place)).toEqual(await idsIn(home, place)));
	for (const make of Object.values(HOSTILE_UPDATES)) {
		const relay = await loggedIn(host, place.grid, rogue);
		relay.socket.send(encodeDraftMessage({ t: 'step2', room, update: make() }));
		expect(await relay.closeCode()).toBe(CLOSINGS.malformed.code);
	}
	for (const { store } of [home, yard]) expect(await store.readUpdates(room)).toEqual([]);
});

test('[LINK-10] a ballot that a relay between two withholds is named when roots are compared on any second path, and comes by it', async () => {
	const { corner: place, host, poll, relays } = await corner();
	const [home, yard] = [must(relays[0]), must(relays[1])];
	const ballots = [ballotOf(place, wang, poll), ballotOf(place, founder, poll)].map(({ wires }) => must(wires[0]));
	const [shown, withheld] = [must(ballots[0]), must(ballots[1])];
	const voter = await loggedIn(host, place.grid, wang);
	voter.offer(ballots, poll);
	await voter.verdictOn(idOf(withheld), '');
	// The rogue stands between: it carries everything to the courtyard but one ballot, and says that this is all.
	const between = await loggedIn(yard.host, place.grid, rogue, { wires: introductionOf(place) });
	between.offer(place.story.records.filter(({ scope }) => scope === null).map(({ wire }) => wire));
	between.offer([shown], poll);
	await between.verdictOn(idOf(shown), '');
	expect(await idsIn(yard, place)).not.toContain(idOf(withheld));

	// A phone that holds the scope compares its root with the courtyard's: the answer names the ballot.
	const phone = await loggedIn(yard.host, place.grid, wang);
	phone.say(hello(place.ledger, poll));
	await phone.ledgerMessage((heard) => heard.t === 'buckets' && heard.scope === poll);
	phone.say({ t: 'ids', scope: poll, ids: bucketsOf(place, poll) });
	const named = await phone.ledgerMessage((heard) => heard.t === 'want');
	expect(named).toMatchObject({ scope: poll, ids: [idOf(withheld)] });
	// And a third relay that holds it brings it without being asked by anybody.
	dialFrom(yard, home);
	await eventually(async () => expect(await idsIn(yard, place)).toContain(idOf(withheld)));
});

interface Heard {
	readonly frames: Uint8Array[];
	closed: number | undefined;
}

/** Somebody listens where a relay is dialed; answers with what it is told there. */
async function listenAs(
	{ relays }: { readonly relays: readonly RunningRelay[] },
	key: DeviceKey,
	hear: (socket: WebSocket, frame: Uint8Array) => void,
): Promise<Heard> {
	const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
	onTestFinished(() => void server.close());
	await new Promise((resolve) => server.once('listening', resolve));
	const heard: Heard = { frames: [], closed: undefined };
	server.on('connection', (socket) => {
		const nonce = new Uint8Array(32);
		socket.send(encodeLoginMessage({ t: 'challenge', relay: key, nonce, wires: [] }));
		socket.on('close', (code) => (heard.closed = code));
		socket.on('message', (data) => {
			const frame = Uint8Array.from(data as Buffer);
			heard.frames.push(frame);
			hear(socket, frame);
		});
	});
	dialFrom(must(relays[0]), { host: `127.0.0.1:${(server.address() as { port: number }).port}` });
	return heard;
}

/** Answers the dialing relay's challenge as this person, under any key's name. */
function answer(socket: WebSocket, frame: Uint8Array, grid: GridId, who: RelayPerson, key = who.key): void {
	const decoded = decodeOwnFrame(frame);
	if (!decoded.ok || decoded.value.number !== 65 || decoded.value.message.t !== 'challenge') return;
	const { relay, nonce } = decoded.value.message;
	const signature = who.sign(loginMessage(relay, nonce, grid, grid, 'localhost'));
	socket.send(encodeLoginMessage({ t: 'proof', key, signature, wires: [] }));
}

/** The bytes that were signed. */
const parsedPayload = (wire: Uint8Array): Uint8Array => payloadOf({ wire });

/** What the rogue shows of itself to a relay that has not heard of it. */
const introductionOf = ({ story }: RelayCorner) => wiresThatIntroduce(story.ledger, rogue.key);

function receiptOf({ ledger, grid }: RelayCorner, auth: RecordId, ballot: RecordId, poll: PollId): Uint8Array {
	const composer = new Composer(ledger, { key: rogue.key, grid, auth }, 0);
	signReceipt(composer, poll, [ballot]);
	return signWire(rogue, must(composer.payloads[0]));
}

/** Ids of a scope by their first byte, as a phone that holds it says them. */
function bucketsOf({ ledger }: RelayCorner, poll: PollId): readonly (readonly [number, readonly RecordId[]])[] {
	const byBucket = Map.groupBy(ledger.idsOf(poll), (id) => Number.parseInt(id.slice(0, 2), 16));
	return [...byBucket].sort(([a], [b]) => a - b);
}
