import { mkdirSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Log } from './log.ts';
import type { FoundingPolicy } from './relay/founding.ts';
import { Relay } from './relay/relay.ts';
import { SYNC_PATH } from './relay/socket.ts';
import { lockFolder } from './storage/folder-lock.ts';
import type { RelayStore } from './storage/port.ts';
import { SqliteStore } from './storage/sqlite.ts';
import { dialPeer } from './uplink/dial-peer.ts';
import { Uplinks } from './uplink/uplinks.ts';

export interface CornerOptions {
	/** Absolute; made if missing. */
	readonly dataDir: string;
	readonly founding: FoundingPolicy;
	readonly origin: string | undefined;
	/** How many proxies before it are trusted to say where a request came from. */
	readonly proxies: number;
	/** Bytes that one grid may keep. */
	readonly gridShare: number;
	/** Where other relays of the same grids are. */
	readonly peers: readonly string[];
	readonly log: Log;
}

/** Everything with a lifetime that both composition roots (`main.ts` and the development plugin) need. */
export interface Corner {
	readonly relay: Relay;
	/** Listens to upgrades for `/sync/…` on this server and leaves all others alone. */
	attach(server: Pick<Server, 'on'>): void;
	/** Answers a request that is the relay's and no socket, and says whether it was one. */
	answer(request: IncomingMessage, response: ServerResponse): boolean;
	/** Where a new grid is founded, or undefined when one is held already. The link holds a secret. */
	foundingLink(origin: string): Promise<string | undefined>;
	close(): Promise<void>;
}

export async function openCorner({ dataDir, peers, ...options }: CornerOptions): Promise<Corner> {
	mkdirSync(dataDir, { recursive: true });
	const lock = lockFolder(dataDir);
	const store = new SqliteStore(join(dataDir, 'corner.db'));
	const relay = await Relay.open({ ...options, store, now: Date.now, elapsed: () => performance.now() });
	const uplinks = new Uplinks({ relay, peers, dial: dialPeer, random: Math.random });
	registerPublications(store, relay);
	return {
		relay,
		attach: (server) => attach(relay, server),
		answer: (request, response) => relay.answer(request, response),
		foundingLink: async (address) => {
			const code = await relay.foundingCode();
			return code && `${address}/app/found#${code}`;
		},
		close: async () => {
			uplinks.close();
			await relay.close();
			await store.close();
			lock.release();
		},
	};
}

function attach(relay: Relay, server: Pick<Server, 'on'>): void {
	server.on('upgrade', (request, socket, head) => {
		if (request.url?.startsWith(SYNC_PATH)) relay.upgrade(request, socket, head);
	});
}

/** ARCHITECTURE 8.7: pages find the reader here, so that `src` imports nothing of `server`. */
function registerPublications(store: RelayStore, relay: Relay): void {
	const reader = {
		list: () => store.listPublications(),
		read: (slug: string) => store.readPublication(slug),
		outcomeFile: (slug: string) => relay.outcomeFile(slug),
	};
	Object.assign(globalThis, { [Symbol.for('council-corner/publications')]: reader });
}
