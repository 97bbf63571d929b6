import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { PollId, RecordId } from '#core/kernel/ids.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import type { LoginMessage } from '#core/wire/login-messages.ts';
import { CornerDatabase } from '#lib/adapters/dexie/database.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import { FaceLedger } from '#lib/session/face/face-ledger.ts';
import { FaceLogin, type FaceMate } from '#lib/session/face/face-login.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { SeededKey } from '../../../server/cli/scenario/seeded-key.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { eventually } from '../../support/wait.ts';

const council = new Council('face');
const { corner, convener, li, zhao, sun } = council;
const topic = council.topic();
const poll = council.poll(topic);
const [zhaos, suns] = [council.vote(zhao, poll, 'approve'), council.vote(sun, poll, 'reject')];
const CERTIFICATES = { zhao: 'a1'.repeat(32), sun: 'b2'.repeat(32) };
let databases = 0;

type Knows = (record: LedgerRecord) => boolean;

interface Phone {
	readonly copy: CornerCopy;
	readonly store: LedgerStore;
	readonly person: Pick<Person, 'device'>;
}

/** Somebody's phone that holds what it `knows`, all of which relays have. */
async function phoneOf(person: Pick<Person, 'device'>, knows: Knows): Promise<Phone> {
	const store = new LedgerStore(new CornerDatabase(`face-${++databases}`), corner.grid);
	const copy = new CornerCopy(store);
	await copy.receive(corner.records.filter(knows).map(({ wire }) => wire));
	for (const blob of corner.blobs.values()) await copy.receiveBlob(blob);
	return { copy, store, person };
}

const structure: Knows = ({ scope }) => scope === null;

function loginOf({ copy, person }: Phone, own: string, other: string, sent: LoginMessage[]): FaceLogin {
	const sign = (message: Uint8Array) => Promise.resolve(person.device.sign(message));
	const home = { grid: corner.grid, key: person.device.key, copy, sign };
	return new FaceLogin(home, { own, other }, (message) => sent.push(message));
}

/** What both conclude; `seen` by whom each takes the other's certificate to be. */
async function logIn(
	one: Phone,
	other: Phone,
	seen = CERTIFICATES,
): Promise<readonly (FaceMate | string | undefined)[]> {
	const [fromOne, fromOther]: [LoginMessage[], LoginMessage[]] = [[], []];
	const left = loginOf(one, CERTIFICATES.zhao, seen.sun, fromOne);
	const right = loginOf(other, CERTIFICATES.sun, seen.zhao, fromOther);
	left.begin();
	right.begin();
	const ends: (FaceMate | string | undefined)[] = [undefined, undefined];
	while (fromOne.length + fromOther.length > 0) {
		for (const [index, login, inbox] of [
			[0, left, fromOther],
			[1, right, fromOne],
		] as const) {
			const message = inbox.shift();
			if (!message || typeof ends[index] === 'string') continue;
			const heard = await login.hear(message);
			ends[index] = heard.ok ? (heard.value ?? ends[index]) : heard.error;
		}
	}
	return ends;
}

test('[FACE-5] two members learn who the other is, also one whose enrolment the other has not heard of', async () => {
	const newcomer = corner.welcome('新邻居', '6号楼');
	const before: Knows = (record) => structure(record) && !isAbout(record, newcomer);
	const ends = await logIn(await phoneOf(newcomer, structure), await phoneOf(sun, before));
	expect(ends).toEqual([
		{ member: sun.member, role: 'member' },
		{ member: newcomer.member, role: 'member' },
	]);
});

function isAbout({ by, body, id }: LedgerRecord, { device, member }: Person): boolean {
	return by === device.key || id === member || ('key' in body && body.key === device.key);
}

test('[FACE-5] nobody can stand between two phones and pass their proofs on', async () => {
	const phones = [await phoneOf(zhao, structure), await phoneOf(sun, structure)] as const;
	// Each sees the certificate of the one between.
	const between = { zhao: 'cc'.repeat(32), sun: 'dd'.repeat(32) };
	expect(await logIn(...phones, between)).toEqual(['face-not-proven', 'face-not-proven']);
});

test('[FACE-5] who asks in one’s own name, or twice, gets no signature', async () => {
	const phone = await phoneOf(zhao, structure);
	const sent: LoginMessage[] = [];
	const login = loginOf(phone, CERTIFICATES.zhao, CERTIFICATES.sun, sent);
	login.begin();
	const [own] = sent.splice(0);
	if (own?.t !== 'challenge') throw new Error('A login begins with a challenge');
	expect(await login.hear(own)).toEqual({ ok: false, error: 'face-not-proven' });
	const other = { ...own, relay: sun.device.key, nonce: new Uint8Array(32) };
	expect(await login.hear(other)).toMatchObject({ ok: true });
	expect(await login.hear(other)).toEqual({ ok: false, error: 'face-not-proven' });
	expect(sent.map(({ t }) => t)).toEqual(['proof']);
});

test('[FACE-5] a key of nobody, and one that was revoked, are not spoken to', async () => {
	const stranger = { device: new SeededKey('somebody else') };
	const ends = await logIn(await phoneOf(stranger, structure), await phoneOf(sun, structure));
	expect(ends[1]).toBe('face-not-a-member');

	const lost = corner.welcome('丢了手机', '6号楼');
	const phone = await phoneOf(lost, structure);
	const plan = { type: 'device.revoke', target: corner.authorityOf(lost), cuts: [], reason: 'lost' } as const;
	const capacity = { under: 'office', as: must(council.as) } as const;
	corner.act(convener, (composer) => endRight(composer, capacity, plan));
	expect((await logIn(phone, await phoneOf(sun, structure)))[1]).toBe('face-not-a-member');
});

interface Side {
	readonly phone: Phone;
	readonly keeps?: readonly PollId[];
	readonly unsent?: readonly RecordId[];
	readonly reads?: boolean;
}

/** Brings two phones in step until nothing is said any more. */
async function exchange(one: Side, other: Side): Promise<readonly FaceLedger[]> {
	const boxes: [LedgerMessage[], LedgerMessage[]] = [[], []];
	const ledgers = (
		[
			[one, other, 0],
			[other, one, 1],
		] as const
	).map(([self, mate, index]) => {
		const send = (message: LedgerMessage) => void boxes[index].push(message);
		const sendPaced = (messages: Iterable<LedgerMessage>) => void boxes[index].push(...messages);
		return new FaceLedger(
			{
				copy: self.phone.copy,
				key: self.phone.person.device.key,
				mayOffer: !self.reads,
				mateMayOffer: !mate.reads,
				keeps: () => self.keeps ?? [],
				unsent: () => self.unsent ?? [],
			},
			{ send, sendPaced },
		);
	});
	const [left, right] = ledgers as [FaceLedger, FaceLedger];
	left.compare();
	right.compare();
	let quiet = performance.now();
	await eventually(async () => {
		for (const [ledger, inbox] of [
			[left, boxes[1]],
			[right, boxes[0]],
		] as const) {
			for (const message of inbox.splice(0)) {
				quiet = performance.now();
				await ledger.hear(message);
			}
		}
		// What settles compares once more after a moment.
		expect(performance.now() - quiet).toBeGreaterThan(300);
	});
	for (const ledger of ledgers) ledger.close();
	return ledgers;
}

const holds = ({ copy }: Phone, ...ids: readonly RecordId[]): readonly boolean[] =>
	ids.map((id) => copy.ledger.holds(id));

test('[FACE-6] structure and its blobs are given whole, and what is new is offered to relays', async () => {
	const [full, empty] = [await phoneOf(zhao, structure), await phoneOf(sun, ({ type }) => type === 'genesis')];
	const [gave, took] = await exchange({ phone: full }, { phone: empty });
	expect(empty.copy.ledger.idsOf(null)).toEqual(full.copy.ledger.idsOf(null));
	expect(empty.copy.missingBlobs(null)).toEqual([]);
	const news = full.copy.ledger.idsOf(null).length - 1;
	expect([gave?.given.size, took?.received.size, gave?.received.size]).toEqual([news, news, 0]);
	const outbox = await empty.store.outbox();
	expect(outbox.filter(({ kind }) => kind === 'record')).toHaveLength(news);
	expect(outbox.some(({ kind }) => kind === 'blob')).toBe(true);
	expect(await full.store.outbox()).toEqual([]);
});

test('[FACE-6] a second time nothing goes over', async () => {
	const phones = [await phoneOf(zhao, structure), await phoneOf(sun, structure)] as const;
	const [one, other] = await exchange({ phone: phones[0] }, { phone: phones[1] });
	expect([one?.received.size, one?.given.size, other?.received.size, other?.given.size]).toEqual([0, 0, 0, 0]);
});

test('[FACE-6] a teller is given a voter’s ballot, and the voter none of the others’', async () => {
	const teller = await phoneOf(li, ({ id, scope }) => scope === null || id === suns);
	const voter = await phoneOf(zhao, ({ id, scope }) => scope === null || id === zhaos);
	await exchange({ phone: teller, keeps: [poll], unsent: [suns] }, { phone: voter });
	expect(holds(teller, zhaos, suns)).toEqual([true, true]);
	expect(holds(voter, zhaos, suns)).toEqual([true, false]);
});

test('[FACE-6] who keeps no ballots of a vote does not compare them, whatever the other side asks', async () => {
	const voter = await phoneOf(zhao, () => true);
	const sent: LedgerMessage[] = [];
	const send = (message: LedgerMessage) => void sent.push(message);
	const ledger = new FaceLedger(
		{ copy: voter.copy, key: zhao.device.key, mayOffer: true, mateMayOffer: true, keeps: () => [], unsent: () => [] },
		{ send, sendPaced: () => undefined },
	);
	await ledger.hear({ t: 'hello', scope: poll, root: '00'.repeat(32) });
	await ledger.hear({ t: 'ids', scope: poll, ids: [[0, ['00'.repeat(32) as RecordId]]] });
	expect(sent).toEqual([]);
});

test('[FACE-6] any member carries another’s own unsent ballot, and only that', async () => {
	const voter = await phoneOf(zhao, () => true);
	const carrier = await phoneOf(sun, structure);
	await exchange({ phone: voter, unsent: [zhaos, suns] }, { phone: carrier });
	expect(holds(carrier, zhaos, suns)).toEqual([true, false]);
	expect((await carrier.store.outbox()).map(({ id }) => id)).toEqual([zhaos]);
});

test('[FACE-6] two tellers bring all ballots in step', async () => {
	const one = await phoneOf(li, ({ id, scope }) => scope === null || id === suns);
	const other = await phoneOf(council.chen, ({ id, scope }) => scope === null || id === zhaos);
	await exchange({ phone: one, keeps: [poll] }, { phone: other, keeps: [poll] });
	for (const phone of [one, other]) expect(holds(phone, zhaos, suns)).toEqual([true, true]);
});

test('[FACE-6] of whoever only reads nothing is taken', async () => {
	const [reader, member] = [await phoneOf(zhao, structure), await phoneOf(sun, ({ type }) => type === 'genesis')];
	await exchange({ phone: reader, reads: true }, { phone: member });
	expect(member.copy.ledger.size).toBe(1);
});
