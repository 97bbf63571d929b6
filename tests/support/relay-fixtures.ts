import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Log } from '../../server/log.ts';
import { Relay, type RelayOptions } from '../../server/relay/relay.ts';
import type { RelayStore } from '../../server/storage/port.ts';
import { SqliteStore } from '../../server/storage/sqlite.ts';
import { connect, type LoginOptions, type RelayClient } from './relay-client.ts';
import { RelayCorner, RelayPerson } from './relay-people.ts';

export interface RunningRelay {
	/** What clients dial. */
	readonly host: string;
	readonly relay: Relay;
	readonly store: RelayStore;
	readonly dataDir: string;
	/** What it logged as faults. */
	readonly faults: string[];
	/** Its data stay until the test ends. */
	stop(): Promise<void>;
	/** Stops it and starts another one on the same data. */
	restart(): Promise<RunningRelay>;
}

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
	for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

type Wrap = (store: RelayStore) => RelayStore;

/** A relay with real sockets and a real database, ended after the test. `wrap` may put something before the store. */
export async function startRelay(
	wrap: Wrap = (store) => store,
	settings: Partial<RelayOptions> = {},
): Promise<RunningRelay> {
	const dataDir = mkdtempSync(join(tmpdir(), 'council-corner-'));
	cleanUps.push(() => rmSync(dataDir, { recursive: true }));
	return run(dataDir, wrap, settings);
}

async function run(dataDir: string, wrap: Wrap, settings: Partial<RelayOptions>): Promise<RunningRelay> {
	const store = wrap(new SqliteStore(join(dataDir, 'corner.db')));
	const faults: string[] = [];
	const log: Log = { note: () => {}, fault: (sentence, error) => faults.push(`${sentence}: ${String(error)}`) };
	const usual = { founding: 'code', origin: undefined, proxies: 0, gridShare: 1024 ** 3 } as const;
	// A test that moves the one clock moves both, unless it says otherwise.
	const clocks = { now: Date.now, elapsed: settings.now ?? (() => performance.now()) };
	const relay = await Relay.open({ store, log, ...clocks, ...usual, ...settings });
	const server = createServer((request, response) => void relay.answer(request, response));
	server.on('upgrade', (request, socket, head) => relay.upgrade(request, socket, head));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const end = once(() => stop(relay, server, store));
	cleanUps.push(end);
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	const restart = async () => {
		await end();
		return run(dataDir, wrap, settings);
	};
	return { host, relay, store, dataDir, faults, stop: end, restart };
}

async function stop(relay: Relay, server: Server, store: RelayStore): Promise<void> {
	await relay.close();
	server.closeAllConnections();
	await new Promise<void>((resolve) => server.close(() => resolve()));
	await store.close();
}

function once(action: () => Promise<void>): () => Promise<void> {
	let running: Promise<void> | undefined;
	return () => (running ??= action());
}

export const people = {
	chen: new RelayPerson('陈慧'),
	wang: new RelayPerson('王伟'),
	zhang: new RelayPerson('张桂兰'),
	li: new RelayPerson('李强'),
};

/** A relay that holds a corner of Chen's, with Chen logged in on the trunk. */
export async function foundedCorner(wrap?: Wrap, settings?: Partial<RelayOptions>) {
	const running = await startRelay(wrap, settings);
	const corner = new RelayCorner(people.chen);
	const founding = (await running.relay.foundingCode()) ?? '';
	const chen = await loggedIn(running.host, corner.grid, people.chen, { wires: corner.founding.wires, founding });
	await chen.bring(corner.founding);
	return { ...running, corner, chen };
}

/** The same with Wang admitted. */
export async function cornerWithWang(wrap?: Wrap, settings?: Partial<RelayOptions>) {
	const founded = await foundedCorner(wrap, settings);
	await admitTo(founded, people.wang);
	return founded;
}

export async function admitTo(
	{ corner, chen }: { readonly corner: RelayCorner; readonly chen: RelayClient },
	person: RelayPerson,
): Promise<void> {
	const { act, invite } = corner.invite();
	await chen.bring(act);
	await chen.bring(corner.join(person, invite));
	await chen.bring(corner.admit(person));
}

export async function loggedIn(
	host: string,
	room: string,
	person: RelayPerson,
	options: LoginOptions = {},
): Promise<RelayClient> {
	const client = await connect(host, room);
	await client.logIn(person, options);
	return client;
}
