import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { DeviceKey } from '#core/kernel/ids.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import { ownAddresses, ownLocalName } from '../../server/courtyard/addresses.ts';
import { readCourtyardConfig } from '../../server/courtyard/config.ts';
import { LaptopPages } from '../../server/courtyard/laptop-pages.ts';
import { LiveCard } from '../../server/courtyard/live-card.ts';
import { must } from '../support/must.ts';
import { eventually } from '../support/wait.ts';

const card: RelayCard = {
	relay: 'a1'.repeat(32) as DeviceKey,
	name: '<b>东风&院里</b>',
	fingerprint: 'f2'.repeat(32),
	...{ port: 4181, addresses: ['192.168.1.20'], localName: 'laptop.local', pairing: 'K7QD9M2X' },
};

test('[DIRECT-9] the laptop’s page is for browsers on the laptop, under no other name, and holds nothing of anybody else’s', async () => {
	const { ask } = await laptop();
	const page = await ask('/');
	expect(page.headers['content-security-policy']).toContain("default-src 'none'");
	expect(page.headers['cache-control']).toBe('no-store');
	const html = await text(page);
	expect(html).toContain('192.168.1.20 laptop.local');
	expect(html).toContain('&#60;b&#62;东风&#38;院里');
	expect(html).not.toMatch(/(src|href)=/);
	expect((await ask('/', 'corner.example')).statusCode).toBe(403);
	expect((await ask('/events', '192.168.1.20:4181')).statusCode).toBe(403);
	expect((await ask('/other')).statusCode).toBe(404);
});

test('[DIRECT-9] an open page is told at once when something changes', async () => {
	const { ask, pages } = await laptop();
	const events = await ask('/events');
	let told = '';
	events.on('data', (bytes: Buffer) => (told += bytes.toString()));
	await eventually(() => expect(told.match(/data:/g)).toHaveLength(1));
	pages.changed();
	await eventually(() => expect(told.match(/data:/g)).toHaveLength(2));
});

test('[DIRECT-9] the code is renewed when what it says has changed', async () => {
	let pairing = 'first';
	let changes = 0;
	const config = readCourtyardConfig({ NAME: '院里', UDP_HOST: '127.0.0.1' });
	const live = await LiveCard.open({
		settings: must(config.ok ? config.value : undefined),
		relay: { key: card.relay, foundingCode: () => Promise.resolve(pairing) },
		...{ fingerprint: card.fingerprint, log: { note: () => {}, fault: () => {} }, lookAgain: 10 },
		changed: () => changes++,
	});
	onTestFinished(() => live.close());
	expect(live.card).toMatchObject({ name: '院里', port: 4181, addresses: ['127.0.0.1'], pairing });
	pairing = 'second';
	await eventually(() => expect([changes, live.card.pairing]).toEqual([1, 'second']));
});

test('[DIRECT-9] a laptop asks for nothing: it takes grids that took it on, and its pages are its own', () => {
	expect(readCourtyardConfig({})).toMatchObject({
		ok: true,
		value: { host: '127.0.0.1', port: 4181, udpPort: 4181, founding: 'enrolled', web: 'off', opensBrowser: true },
	});
	expect(ownAddresses().every((address) => !address.startsWith('127.') && !address.startsWith('fe80'))).toBe(true);
	expect(ownLocalName() ?? 'laptop.local').toMatch(/^[a-z0-9-]+\.local$/);
});

test.each([
	[{ UDP_PORT: '0' }, "UDP_PORT is '0', but it must be a number from 1 to 65535."],
	[{ UDP_PORT: '70000' }, "UDP_PORT is '70000', but it must be a number from 1 to 65535."],
	[{ NAME: '' }, "NAME is '', but it must be a name of 1 to 60 letters."],
	[{ OPEN: 'maybe' }, "OPEN is 'maybe', but it must be 'on' or 'off'."],
	[{ PORT: 'eighty' }, "PORT is 'eighty', but it must be a number from 0 to 65535."],
])('[DIRECT-9] %o stops the start with one sentence that names it', (environment, sentence) => {
	expect(readCourtyardConfig(environment)).toEqual({ ok: false, error: sentence });
});

async function laptop() {
	const pages = new LaptopPages(() => ({ card, link: 'https://corner.example/app/courtyard#code', phones: 0 }));
	const server = createServer((request, response) => pages.answer(request, response) || response.writeHead(404).end());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		pages.close();
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	const ask = (path: string, host = `127.0.0.1:${port}`) =>
		new Promise<IncomingMessage>((resolve) => get({ host: '127.0.0.1', port, path, headers: { host } }, resolve));
	return { pages, ask };
}
