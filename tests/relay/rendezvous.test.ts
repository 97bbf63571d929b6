import { expect, test } from 'vitest';
import { checkOf, RENDEZVOUS_LIMITS } from '#core/wire/rendezvous.ts';
import { depositCode, takeCode } from '#lib/session/sync/rendezvous.ts';
import { must } from '../support/must.ts';
import { startRelay } from '../support/relay-fixtures.ts';

const INVITATION = `${'ab'.repeat(32)}.${'cd'.repeat(32)}.${'ef'.repeat(16)}`;
const DAY = 24 * 60 * 60 * 1000;
const SEALED = 'ab'.repeat(60);
const VERIFIER = '11'.repeat(32);

test('[CODE-6] an invitation is found and opened by its code, as often as wanted, and by no other', async () => {
	const { host, faults } = await startRelay();
	const deposited = await depositCode(INVITATION, `http://${host}`);
	const { code, until } = must(deposited.ok ? deposited.value : undefined);
	expect(code).toMatch(/^\w{4} \w{4}$/);
	expect(Math.abs(until - Date.now() - DAY)).toBeLessThan(60_000);
	expect(await takeCode(code.toLowerCase(), `http://${host}`)).toEqual({ ok: true, value: INVITATION });
	expect(await takeCode(code, `http://${host}`)).toEqual({ ok: true, value: INVITATION });
	const other = code.replace(/.$/, (last) => (last === '2' ? '3' : '2'));
	expect(await takeCode(other, `http://${host}`)).toEqual({ ok: false, error: 'code-unknown' });
	expect(await takeCode('K7QD', `http://${host}`)).toEqual({ ok: false, error: 'code-malformed' });
	expect(faults).toEqual([]);
}, 20_000);

test('[CODE-6] without a relay both say so', async () => {
	const gone = 'http://127.0.0.1:9';
	expect(await depositCode(INVITATION, gone)).toEqual({ ok: false, error: 'relay-unreachable' });
	expect(await takeCode('K7QD C9M2', gone)).toEqual({ ok: false, error: 'relay-unreachable' });
}, 20_000);

test('[CODE-3] a code that is wrong in its secret part is answered as one that never was', async () => {
	const { take, deposit } = await clients();
	await deposit('K7Q');
	expect(await take('K7Q', '22'.repeat(32))).toEqual(await take('ACD', '22'.repeat(32)));
	expect(await take('K7Q', VERIFIER)).toEqual({ status: 200, body: { sealed: SEALED } });
});

test('[CODE-5] five wrong tries a minute from one address; right ones are none', async () => {
	const { take, deposit, clock } = await clients();
	await deposit('K7Q');
	for (let count = 0; count < RENDEZVOUS_LIMITS.triesPerMinute + 2; count++)
		expect((await take('K7Q')).status).toBe(200);
	for (let count = 0; count < RENDEZVOUS_LIMITS.triesPerMinute; count++) {
		expect((await take('ACD')).body).toEqual({ code: 'code-unknown' });
	}
	expect((await take('K7Q')).body).toEqual({ code: 'too-many-tries' });
	expect((await take('K7Q', VERIFIER, '203.0.113.8')).status).toBe(200);
	clock.now += 60_000;
	expect((await take('K7Q')).status).toBe(200);
});

test('[CODE-5] ten wrong tries end a code for everybody, and only who knows it is told that it has ended', async () => {
	const { take, deposit } = await clients();
	await deposit('K7Q');
	for (let count = 0; count < RENDEZVOUS_LIMITS.wrongTries; count++) {
		await take('K7Q', '22'.repeat(32), `203.0.113.${count}`);
	}
	expect(await take('K7Q')).toEqual({ status: 410, body: { code: 'code-ended' } });
	expect((await take('K7Q', '22'.repeat(32))).body).toEqual({ code: 'code-unknown' });
});

test('[CODE-4] a deposit is kept for a day and under its own locator; so many a minute, and so many at all', async () => {
	const { take, deposit, clock } = await clients();
	await deposit('K7Q');
	expect((await deposit('K7Q')).body).toEqual({ code: 'code-taken' });
	clock.now += RENDEZVOUS_LIMITS.kept - 1;
	expect((await take('K7Q')).status).toBe(200);
	clock.now += 1;
	expect((await take('K7Q')).body).toEqual({ code: 'code-unknown' });
	expect((await deposit('K7Q')).status).toBe(200);

	const locators = allLocators();
	for (let count = 1; count < RENDEZVOUS_LIMITS.depositsPerMinute; count++) await deposit(must(locators.next().value));
	expect((await deposit('YYY')).body).toEqual({ code: 'too-many-tries' });
	for (let count = RENDEZVOUS_LIMITS.depositsPerMinute; count < RENDEZVOUS_LIMITS.deposits; count++) {
		await deposit(must(locators.next().value), `198.51.${count >> 8}.${count & 255}`);
	}
	expect((await deposit('YYX', '203.0.113.200')).body).toEqual({ code: 'relay-full' });
}, 20_000);

const GOOD = { locator: 'K7Q', check: checkOf(VERIFIER), sealed: SEALED };

test.each([
	['no JSON', '{', {}],
	['nothing', '', {}],
	['an array', '[]', {}],
	['a field more', JSON.stringify({ ...GOOD, grid: 'x' }), {}],
	['a locator of another alphabet', JSON.stringify({ ...GOOD, locator: 'K0Q' }), {}],
	['a prototype', JSON.stringify({ ...GOOD, sealed: undefined }).replace('}', ',"__proto__":{"sealed":"ab"}}'), {}],
	['a sealed text over 1 KiB', JSON.stringify({ ...GOOD, sealed: 'ab'.repeat(1025) }), {}],
	['a body of 100 KiB', JSON.stringify({ ...GOOD, sealed: 'ab'.repeat(50_000) }), {}],
	['a plain form', JSON.stringify(GOOD), { 'content-type': 'text/plain' }],
	['a page of another origin', JSON.stringify(GOOD), { origin: 'https://elsewhere.example' }],
])('[CODE-2] %s is malformed, and the relay goes on', async (_what, body, headers) => {
	const { host, faults } = await startRelay();
	const answer = await fetch(`http://${host}/rendezvous`, {
		...{ method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } },
	}).catch(() => undefined);
	if (answer) expect(answer.status).toBe(400);
	const sound = { method: 'POST', body: JSON.stringify(GOOD), headers: { 'content-type': 'application/json' } };
	expect((await fetch(`http://${host}/rendezvous`, sound)).status).toBe(200);
	expect((await fetch(`http://${host}/rendezvous`)).status).toBe(400);
	expect(faults).toEqual([]);
});

/** A relay whose clock is moved by hand, spoken to from any address. */
async function clients() {
	const clock = { now: 1_790_000_000_000 };
	const { host } = await startRelay(undefined, { proxies: 1, now: () => clock.now });
	const post = async (path: string, body: unknown, address: string) => {
		const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
		const response = await fetch(`http://${host}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
		return { status: response.status, body: (await response.json()) as unknown };
	};
	return {
		clock,
		deposit: (locator: string, address = '203.0.113.7') => post('/rendezvous', { ...GOOD, locator }, address),
		take: (locator: string, verifier = VERIFIER, address = '203.0.113.7') =>
			post('/rendezvous/take', { locator, verifier }, address),
	};
}

function* allLocators(): Generator<string> {
	for (const a of 'ACDEFGHJK') for (const b of '23456789ACDEFGHJ') for (const c of '23456789ACDEFGHJ') yield a + b + c;
}
