import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { MAIN, spawnRelay } from '../support/spawn-relay.ts';

test('[RELAY-34] without settings it listens on this machine only, at port 4180', () => {
	const config = readConfig({});
	expect(config).toMatchObject({
		ok: true,
		value: { host: '127.0.0.1', port: 4180, founding: 'code', web: 'on', proxies: 0 },
	});
});

test.each([
	[{ PORT: 'eighty' }, "PORT is 'eighty', but it must be a number from 0 to 65535."],
	[{ PORT: '70000' }, "PORT is '70000', but it must be a number from 0 to 65535."],
	[{ FOUNDING: 'everybody' }, "FOUNDING is 'everybody', but it must be 'code' or 'open' or 'enrolled'."],
	[{ TRUST_PROXY: 'yes' }, "TRUST_PROXY is 'yes', but it must be how many proxies stand before it, from 0 to 9."],
	[
		{ PEERS: 'corner.example.org' },
		"PEERS is 'corner.example.org', but it must be addresses of other relays with commas between, such as wss://corner.example.org.",
	],
	[{ GRID_MIB: '0' }, "GRID_MIB is '0', but it must be a number of mebibytes from 1 to 9999999."],
	[{ ORIGIN: 'corner.example.org' }, /^ORIGIN is 'corner\.example\.org', but it must be an address/],
])('[RELAY-34] %o stops the start with one sentence that names it', (environment, sentence) => {
	const config = readConfig(environment);
	expect(config.ok ? '' : config.error).toEqual(
		typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
	);
});

test('[RELAY-34] data of a newer version stops the start with a sentence and is left as it was, to the byte', () => {
	const dataDir = temporaryFolder();
	const file = join(dataDir, 'corner.db');
	const database = new DatabaseSync(file);
	database.exec('CREATE TABLE later (thing TEXT); PRAGMA user_version = 99');
	database.close();
	const before = readFileSync(file);
	const { status, stderr } = startOn(dataDir);
	expect(status).toBe(1);
	expect(stderr).toMatch(/^The data in DATA_DIR was written by a newer council-corner .*\n$/);
	expect(readFileSync(file).equals(before)).toBe(true);
});

test('[RELAY-36] a second relay on the same data says who holds it, and stops with a code', async () => {
	const dataDir = temporaryFolder();
	const first = await spawnRelay(dataDir);
	const { status, stderr } = startOn(dataDir);
	expect(status).toBe(1);
	expect(stderr).toMatch(
		/^Another council-corner is running on DATA_DIR .* \(process \d+ on .+, since 20.+\): stop it/,
	);
	expect(stderr).toContain(`process ${first.pid} `);
	expect(stderr.trim().split('\n')).toHaveLength(1);
	await first.kill();
});

test('[RELAY-53] what a killed relay held is taken over by the next one, which then holds it itself', async () => {
	const dataDir = temporaryFolder();
	const killed = await spawnRelay(dataDir);
	await killed.kill();
	const next = await spawnRelay(dataDir);
	expect(startOn(dataDir).stderr).toContain(`process ${next.pid} `);
	await next.kill();
});

test('[RELAY-35] the founding link is the same after a restart until a grid is founded', async () => {
	const dataDir = temporaryFolder();
	const first = await spawnRelay(dataDir);
	await first.kill();
	const second = await spawnRelay(dataDir);
	await second.kill();
	expect(first.foundingCode).toMatch(/^[\w-]{22}$/);
	expect(second.foundingCode).toBe(first.foundingCode);
});

function startOn(dataDir: string) {
	const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', WEB: 'off' };
	return spawnSync(process.execPath, [MAIN], { env, encoding: 'utf8' });
}

function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'council-corner-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}
