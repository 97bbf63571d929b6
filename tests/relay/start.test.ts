import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { MAIN, spawnRelay } from '../support/spawn-relay.ts';

test('[RELAY-34] without settings it listens on this machine only, at port 4180', () => {
	const config = readConfig({});
	expect(config).toMatchObject({ ok: true, value: { host: '127.0.0.1', port: 4180, founding: 'code', web: 'on' } });
});

test.each([
	[{ PORT: 'eighty' }, "PORT is 'eighty', but it must be a number from 0 to 65535."],
	[{ PORT: '70000' }, "PORT is '70000', but it must be a number from 0 to 65535."],
	[{ FOUNDING: 'everybody' }, "FOUNDING is 'everybody', but it must be 'code' or 'open'."],
	[{ ORIGIN: 'corner.example.org' }, /^ORIGIN is 'corner\.example\.org', but it must be an address/],
])('[RELAY-34] %o stops the start with one sentence that names it', (environment, sentence) => {
	const config = readConfig(environment);
	expect(config.ok ? '' : config.error).toEqual(
		typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
	);
});

test('[RELAY-34] data of a newer version stops the start with a sentence and is left alone', () => {
	const dataDir = temporaryFolder();
	const database = new DatabaseSync(join(dataDir, 'corner.db'));
	database.exec('PRAGMA user_version = 99');
	database.close();
	const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', WEB: 'off' };
	const { status, stderr } = spawnSync(process.execPath, [MAIN], { env, encoding: 'utf8' });
	expect(status).toBe(1);
	expect(stderr).toMatch(/^The data in DATA_DIR was written by a newer council-corner .*\n$/);
});

test('[RELAY-36] a second relay on the same data stops with a sentence', async () => {
	const dataDir = temporaryFolder();
	const first = await spawnRelay(dataDir);
	const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', WEB: 'off' };
	const { status, stderr } = spawnSync(process.execPath, [MAIN], { env, encoding: 'utf8' });
	await first.kill();
	expect(status).toBe(1);
	expect(stderr).toMatch(/^Another council-corner is running on DATA_DIR .*\n$/);
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

function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'council-corner-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}
