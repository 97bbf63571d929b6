import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import '../support/page.ts';
import { calledBy } from '#core/wire/webrtc-direct.ts';
import { makeCertificate, readCertificate } from '../../server/courtyard/certificate.ts';
import { Door, type Guest } from '../../server/courtyard/door.ts';
import { COURTYARD_LIMITS } from '../../server/courtyard/limits.ts';
import { connected, openCourtyard, phoneIn } from '../support/courtyard.ts';
import { answersBeat } from '../support/relay-client.ts';
import { foundedCorner, people } from '../support/relay-fixtures.ts';
import { datagramSender, stunRequest } from '../support/stun.ts';
import { eventually } from '../support/wait.ts';

test('[DIRECT-5] a flood of strangers ends nothing: who is in goes on, who comes arrives, and nothing of it stays', async () => {
	const running = await foundedCorner();
	const { card, listener } = await openCourtyard(running);
	const chen = phoneIn(await connected(card), running.corner.grid);
	await chen.logIn(people.chen);
	const send = datagramSender(card.port);
	for (let count = 0; count < 300; count++) {
		await send(stunRequest(`${calledBy(randomBytes(18).toString('base64'))}:Q6g5`));
		await send(stunRequest(randomBytes(count).toString('latin1')));
		await send(randomBytes(count));
	}
	await answersBeat(chen);
	expect(listener.arriving).toBeGreaterThan(0);
	expect(listener.arriving).toBeLessThanOrEqual(COURTYARD_LIMITS.arriving);
	const late = phoneIn(await connected(card), running.corner.grid);
	expect(await late.knock(people.chen)).toBe('convener');
	await eventually(() => expect(listener.arriving).toBe(0), 2 * COURTYARD_LIMITS.arrival);
	expect([listener.count, running.faults]).toEqual([2, []]);
}, 20_000);

test('[DIRECT-5] who is on the way longest makes room for the next, and who has arrived never does', () => {
	const door = new Door();
	const dropped: number[] = [];
	const guest = (index: number, hasArrived: boolean): Guest => ({
		...{ address: `10.0.${index}.1`, hasArrived },
		drop: () => dropped.push(index),
	});
	const arriving = Array.from({ length: COURTYARD_LIMITS.arriving }, (_, index) => guest(index + 1, false));
	expect(door.opens('10.1.1.1', [guest(0, true), ...arriving])).toBe(true);
	expect(dropped).toEqual([1]);
	expect(door.opens('10.1.1.1', [guest(0, true), ...arriving.slice(1)])).toBe(true);
	expect(dropped).toEqual([1]);
});

test('[DIRECT-5] a courtyard that is full, and an address of which too many are in, take nobody more', () => {
	const door = new Door();
	const guests = (count: number, address: (index: number) => string) =>
		Array.from({ length: count }, (_, index) => ({ address: address(index), hasArrived: true, drop: () => {} }));
	expect(
		door.opens(
			'10.1.1.1',
			guests(COURTYARD_LIMITS.phones, (index) => `10.0.${index >> 8}.${index & 255}`),
		),
	).toBe(false);
	const behindOne = guests(COURTYARD_LIMITS.phonesPerAddress, () => '10.0.0.1');
	expect(door.opens('10.0.0.1', behindOne)).toBe(false);
	expect(door.opens('10.0.0.2', behindOne)).toBe(true);
});

test('[DIRECT-5] in one second no more are let in than the laptop makes connections for', () => {
	const door = new Door();
	const answers = Array.from({ length: 300 }, (_, index) => door.opens(`10.0.${index}.1`, []));
	const opened = answers.filter((answer) => answer).length;
	expect(opened).toBeGreaterThanOrEqual(COURTYARD_LIMITS.arrivalsPerSecond);
	expect(opened).toBeLessThan(2 * COURTYARD_LIMITS.arrivalsPerSecond);
});

test('[DIRECT-8] the certificate is made once, kept from others, and signed by its own key', () => {
	const folder = temporaryFolder();
	const { certificate, fingerprint } = readCertificate(folder);
	expect(readCertificate(folder).fingerprint).toBe(fingerprint);
	expect(statSync(join(folder, 'courtyard.pem')).mode & 0o077).toBe(0);
	const parsed = new X509Certificate(certificate);
	expect(parsed.verify(parsed.publicKey)).toBe(true);
	expect(parsed.checkIssued(parsed)).toBe(true);
	expect(parsed.validTo).toContain('9999');
	expect(readCertificate(temporaryFolder()).fingerprint).not.toBe(fingerprint);
});

test('[DIRECT-8] a broken certificate stops the start with a sentence, and is not replaced', () => {
	const folder = temporaryFolder();
	const file = join(folder, 'courtyard.pem');
	const [key = '', other = ''] = [makeCertificate(), makeCertificate()].map((pem) => pem.split('-----BEGIN CERT')[0]);
	const certificate = makeCertificate().slice(key.length);
	for (const text of ['', 'half', key, key + certificate, other + certificate]) {
		writeFileSync(file, text);
		expect(() => readCertificate(folder)).toThrow(/courtyard\.pem is broken/);
		expect(readFileSync(file, 'utf8')).toBe(text);
	}
});

function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'council-corner-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}
