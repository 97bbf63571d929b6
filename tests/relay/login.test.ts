import { expect, test } from 'vitest';
import { BEFORE_LOGIN } from '#core/wire/frames.ts';
import { introductionOf } from '#core/wire/introduction.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { LIMITS } from '../../server/relay/limits.ts';
import { Holder } from '../support/admission.ts';
import { answersBeat, connect, RelayClient } from '../support/relay-client.ts';
import { cornerWithDraft } from '../support/relay-drafts.ts';
import { RelayCorner } from '../support/relay-people.ts';
import { cornerWithWang, foundedCorner, loggedIn, people, startRelay } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

test('[RELAY-1] a founding code takes one unknown grid, also after a restart, and no second one', async () => {
	const first = await startRelay();
	const code = (await first.relay.foundingCode()) ?? '';
	const relay = await first.restart();
	expect(await relay.relay.foundingCode()).toBe(code);

	const corner = new RelayCorner(people.chen);
	const chen = await connect(relay.host, corner.grid);
	expect(await chen.logIn(people.chen, { wires: corner.founding.wires, founding: code })).toBe('convener');

	const other = new RelayCorner(people.wang);
	const wang = await connect(relay.host, other.grid);
	await wang.prove(people.wang, { wires: other.founding.wires, founding: code });
	expect(await wang.closeCode()).toBe(4503);
	expect(await relay.relay.foundingCode()).toBeUndefined();
	const again = await relay.restart();
	expect(await again.store.unusedFoundingCodes()).toEqual([]);
	expect(await again.store.readGrids()).toEqual([corner.grid]);
});

test('[RELAY-1] the founder may log in first and offer the genesis after', async () => {
	const relay = await startRelay();
	const corner = new RelayCorner(people.chen);
	const founding = (await relay.relay.foundingCode()) ?? '';
	const chen = await connect(relay.host, corner.grid);
	expect(await chen.logIn(people.chen, { founding })).toBe('founder');
	await chen.bring(corner.founding);
	expect(await relay.store.readRecords(corner.grid)).toHaveLength(corner.founding.ids.length);
});

test('[RELAY-1] without a code an unknown grid is not taken', async () => {
	const relay = await startRelay();
	const corner = new RelayCorner(people.chen);
	const chen = await connect(relay.host, corner.grid);
	await chen.prove(people.chen, { wires: corner.founding.wires, founding: 'guessed' });
	expect(await chen.closeCode()).toBe(4503);
	expect(await relay.store.readGrids()).toEqual([]);
});

test('[RELAY-2] a proof signed by another key, or for another host, is refused for good', async () => {
	const { host, corner } = await foundedCorner();
	const otherHost = await connect(host, corner.grid);
	await otherHost.prove(people.chen, { host: 'corner.example.org' });
	expect(await otherHost.closeCode()).toBe(4403);

	const otherKey = await connect(host, corner.grid);
	const stolen = Object.assign(Object.create(people.chen), {
		sign: (message: Uint8Array) => people.wang.sign(message),
	});
	await otherKey.prove(stolen);
	expect(await otherKey.closeCode()).toBe(4403);
});

test('[RELAY-2] a proof heard on one connection opens no other, and no other room', async () => {
	const { host, corner } = await cornerWithWang();
	const wang = await connect(host, corner.grid);
	const said: Uint8Array[] = [];
	const send = wang.socket.send.bind(wang.socket);
	wang.socket.send = (frame: Uint8Array) => send(said[said.push(frame) - 1] as Uint8Array);
	await wang.logIn(people.wang);
	for (const room of [corner.grid, draftRoom(corner.grid, 'topic', corner.grid)]) {
		const thief = await connect(host, room);
		thief.socket.send(said[0] as Uint8Array);
		expect(await thief.closeCode()).toBe(4403);
	}
});

test('[RELAY-3] an unknown key is refused for good, and with an invitation not known here yet told to come back', async () => {
	const { host, corner } = await foundedCorner();
	const stranger = await connect(host, corner.grid);
	await stranger.prove(people.wang);
	expect(await stranger.closeCode()).toBe(4403);

	const { invite } = corner.invite();
	const early = await connect(host, corner.grid);
	await early.prove(people.wang, { wires: corner.join(people.wang, invite).wires });
	expect(await early.closeCode()).toBe(4503);
});

test('[RELAY-3] a join that another invitation signed is refused', async () => {
	const { host, corner, chen } = await foundedCorner();
	const { act, invite } = corner.invite();
	await chen.bring(act);
	const forged = corner.join(people.wang, invite, people.wang.sign(new Uint8Array(32)));
	const wang = await connect(host, corner.grid);
	await wang.prove(people.wang, { wires: forged.wires });
	expect(await wang.closeCode()).toBe(4403);
});

test('[RELAY-4] a newcomer becomes a member while it is connected', async () => {
	const { host, corner, chen } = await foundedCorner();
	const { act, invite } = corner.invite();
	await chen.bring(act);
	const join = corner.join(people.wang, invite);
	const wang = await connect(host, corner.grid);
	expect(await wang.logIn(people.wang, { wires: join.wires })).toBe('newcomer');

	await chen.bring(corner.admit(people.wang));
	const topic = corner.topic(people.wang);
	wang.offer(topic.wires);
	expect(await wang.verdictOn(topic.ids[0] as never)).toBe('');
});

test('[RELAY-5] before its proof a connection may say so many things, 64 KiB in all', async () => {
	const { host, corner } = await cornerWithWang();
	const talkative = await connect(host, corner.grid);
	for (let count = 0; count <= BEFORE_LOGIN.messages; count++) talkative.socket.send(Uint8Array.of(1, 0));
	expect(await talkative.closeCode()).toBe(4529);

	const large = await connect(host, corner.grid);
	large.socket.send(new Uint8Array(64 * 1024 + 1));
	expect(await large.closeCode()).toBe(4529);

	expect(await (await loggedIn(host, corner.grid, people.wang)).closed).toBeUndefined();
});

test('[RELAY-6] a room that cannot exist is closed for good, a draft whose topic is unknown for now', async () => {
	const { host, corner } = await foundedCorner();
	expect(await new RelayClient(host, 'nonsense').closeCode()).toBe(4404);
	expect(await new RelayClient(host, `${corner.grid}.secrets~${corner.grid}`).closeCode()).toBe(4404);

	const early = await connect(host, `${corner.grid}.topic~${'ab'.repeat(32)}`);
	await early.prove(people.chen);
	expect(await early.closeCode()).toBe(4503);
});

test('[RELAY-38] a used-up invitation lets nobody else in, and whoever joined with it comes again', async () => {
	const { host, corner, chen } = await foundedCorner();
	const { act, invite } = corner.invite(1);
	await chen.bring(act);
	const join = corner.join(people.wang, invite);
	const wang = await connect(host, corner.grid);
	expect(await wang.logIn(people.wang, { wires: join.wires })).toBe('newcomer');

	const late = await connect(host, corner.grid);
	await late.prove(people.zhang, { wires: corner.join(people.zhang, invite).wires });
	expect(await late.closeCode()).toBe(4403);

	const again = await connect(host, corner.grid);
	expect(await again.logIn(people.wang, { wires: join.wires })).toBe('newcomer');
});

test('[RELAY-41] one device has so many connections, and others are not kept out by it', async () => {
	const { host, corner } = await cornerWithWang();
	const open = Array.from({ length: LIMITS.connectionsPerDevice }, () => loggedIn(host, corner.grid, people.wang));
	const [first] = await Promise.all(open);
	const tooMany = await connect(host, corner.grid);
	await tooMany.prove(people.wang);
	expect(await tooMany.closeCode()).toBe(4529);
	await loggedIn(host, corner.grid, people.chen);
	first?.end();
	await eventually(() => loggedIn(host, corner.grid, people.wang));
});

test('[RELAY-43] a relay that has lost everybody but the founder lets a member in who shows who introduced it', async () => {
	const { corner } = await cornerWithWang();
	const other = await startRelay();
	const founding = (await other.relay.foundingCode()) ?? '';
	const genesis = corner.founding.wires.slice(0, 1);
	const chen = await connect(other.host, corner.grid);
	expect(await chen.logIn(people.chen, { wires: genesis, founding })).toBe('founder');

	const stranger = await connect(other.host, corner.grid);
	await stranger.prove(people.wang);
	expect(await stranger.closeCode()).toBe(4403);
	const wires = introductionOf(corner.ledger, people.wang.key);
	const wang = await connect(other.host, corner.grid);
	expect(await wang.logIn(people.wang, { wires })).toBe('member');
});

test('[RELAY-43] the challenge introduces the relay once its grid has taken it on, and is empty before', async () => {
	const { host, corner, chen } = await foundedCorner();
	const before = (await connect(host, corner.grid)).challenge;
	expect(before?.wires).toEqual([]);
	const act = corner.act(people.chen, (composer, as) => {
		if (!as || !before) throw new Error('Chen is convener, and was challenged');
		composer.add('relay.add', { as, key: before.relay, name: '院里的中继', fingerprint: new Uint8Array(32) });
	});
	await chen.bring(act);
	const { wires } = (await connect(host, corner.grid)).challenge ?? { wires: [] };
	const member = new Holder(corner.grid);
	expect(wires.map((wire) => member.offer(wire))).toEqual(wires.map(() => 'accept'));
	expect(wires).toContainEqual(act.wires[0]);
});

test('[RELAY-54] a device that is revoked while it is connected is told so, and cut from every room', async () => {
	const { host, corner, chen, room } = await cornerWithDraft();
	const trunk = await loggedIn(host, corner.grid, people.wang);
	const draft = await loggedIn(host, room, people.wang);
	const device = corner.ledger.ofType('device.add').find(({ body }) => body.key === people.wang.key);
	const act = corner.act(people.chen, (composer, as) => {
		if (as && device) composer.add('device.revoke', { as, target: device.id, cuts: [], reason: 'lost' });
	});
	await chen.bring(act);
	expect(await trunk.closeCode()).toBe(4403);
	expect(await draft.closeCode()).toBe(4403);
	expect(trunk.wires).toContainEqual(act.wires[0]);
	await answersBeat(chen);
	const again = await connect(host, corner.grid);
	await again.prove(people.wang);
	expect(await again.closeCode()).toBe(4403);
});
