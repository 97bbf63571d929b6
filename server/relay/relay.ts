import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { DeviceKey, GridId } from '#core/kernel/ids.ts';
import { CLOSE_CODES } from '#core/wire/frames.ts';
import type { Proof } from '#core/wire/login-messages.ts';
import { parseRoom } from '#core/wire/rooms.ts';
import type { Log } from '../log.ts';
import type { RelayStore } from '../storage/port.ts';
import { CommitQueue } from './commit-queue.ts';
import { Drafts } from './drafts.ts';
import { openFounding, type Founding } from './founding.ts';
import { loadGrids, type Grid, type Grids } from './grids.ts';
import { LedgerRoom } from './ledger-room.ts';
import { LIMITS } from './limits.ts';
import { provenGrid, type LoginDeps } from './login.ts';
import { Session, type LoginOutcome, type SessionDeps } from './session.ts';
import { deviceKeyOf, Verifier } from '../ed25519.ts';

export interface RelayOptions {
	readonly store: RelayStore;
	readonly log: Log;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly founding: 'code' | 'open';
	/** Pages of this origin may connect, besides pages of the host that was dialed. */
	readonly origin: string | undefined;
}

/** Where sockets are: `/sync/<room>`. */
export const SYNC_PATH = '/sync/';

/** Carries ledgers and drafts between the devices of a corner. One for each process. */
export class Relay {
	readonly #options: RelayOptions;
	readonly #queue: CommitQueue;
	readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LIMITS.message });
	readonly #sessions = new Set<Session>();
	readonly #verifier = new Verifier();
	readonly #sessionDeps: SessionDeps;
	readonly #key: DeviceKey;
	#founding: Founding;
	#grids: Grids;
	#drafts: Drafts;
	#trunks = new Map<GridId, LedgerRoom>();
	#isReady = true;

	private constructor(options: RelayOptions, queue: CommitQueue, key: DeviceKey, grids: Grids, founding: Founding) {
		this.#options = options;
		this.#queue = queue;
		this.#key = key;
		this.#grids = grids;
		this.#founding = founding;
		this.#drafts = this.#newDrafts();
		this.#sessionDeps = {
			...{ queue, log: options.log, now: options.now, relayKey: key },
			logIn: (session, proof) => this.#logIn(session, proof),
			ended: (session) => this.#ended(session),
		};
	}

	static async open(options: RelayOptions): Promise<Relay> {
		const { store, log } = options;
		let failed = () => {};
		const queue = new CommitQueue(store, log, () => failed());
		const seed = await store.relaySeed(Uint8Array.from(randomBytes(32)));
		const founding = await openFounding(store, options.founding === 'open', queue);
		const relay = new Relay(options, queue, deviceKeyOf(seed), await loadGrids(store), founding);
		failed = () => void relay.#startAgain();
		return relay;
	}

	/** A code for founding a grid; undefined once a grid is held. */
	async foundingCode(): Promise<string | undefined> {
		return this.#grids.isEmpty ? this.#founding.code() : undefined;
	}

	/** Takes over an HTTP upgrade for SYNC_PATH. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		// Until ws listens itself; a reset connection must not end the process.
		socket.on('error', () => socket.destroy());
		if (!this.#isOriginAllowed(request)) {
			socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
			return;
		}
		this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(request, webSocket));
	}

	/** Resolves when everything that was taken is committed and every connection is told to come back. */
	async close(): Promise<void> {
		this.#isReady = false;
		for (const session of this.#sessions) session.close('notKnownYet');
		await this.#queue.settled();
		for (const client of this.#server.clients) client.terminate();
		this.#server.close();
	}

	/** Another page in the same browser must not speak to a corner on this machine or network. */
	#isOriginAllowed({ headers }: IncomingMessage): boolean {
		const { origin, host } = headers;
		if (origin === undefined || origin === this.#options.origin) return true;
		return URL.canParse(origin) && new URL(origin).host === host;
	}

	#accept(request: IncomingMessage, socket: WebSocket): void {
		const path = (request.url ?? '').split('?')[0] ?? '';
		const room = parseRoom(path.slice(SYNC_PATH.length));
		if (!room.ok || !this.#isReady) {
			socket.on('error', () => socket.terminate());
			socket.close(CLOSE_CODES[room.ok ? 'notKnownYet' : 'noSuchRoom']);
			return;
		}
		this.#sessions.add(new Session(room.value, request.headers.host ?? '', socket, this.#sessionDeps));
	}

	#logIn(session: Session, proof: Proof): LoginOutcome | Promise<LoginOutcome> {
		const grid = provenGrid(this.#loginDeps(), session, proof);
		if (typeof grid === 'string') return grid;
		if (this.#connectionsOf(proof.key) > LIMITS.connectionsPerDevice) return 'tooMuch';
		if (session.name.kind === 'ledger') return { grid, room: this.#trunk(grid) };
		return this.#drafts.open(grid, session.name).then((room) => (typeof room === 'string' ? room : { grid, room }));
	}

	#loginDeps(): LoginDeps {
		return {
			...{ relayKey: this.#key, verifier: this.#verifier, founding: this.#founding, grids: this.#grids },
			introduce: (grid, session, wire) => this.#trunk(grid).introduce(session, wire),
		};
	}

	#connectionsOf(key: DeviceKey): number {
		return [...this.#sessions].filter((session) => session.key === key).length;
	}

	#trunk(grid: Grid): LedgerRoom {
		const held = this.#trunks.get(grid.id);
		if (held) return held;
		const { store, now } = this.#options;
		const deps = { store, now, queue: this.#queue, verifier: this.#verifier, founding: this.#founding };
		const trunk = new LedgerRoom(grid, deps);
		this.#trunks.set(grid.id, trunk);
		return trunk;
	}

	#ended(session: Session): void {
		this.#sessions.delete(session);
		const { grid } = session.name;
		if (this.#grids.get(grid)?.isFounded !== false) return;
		if ([...this.#sessions].some(({ name }) => name.grid === grid)) return;
		this.#grids.dropUnfounded(grid);
		this.#trunks.delete(grid);
	}

	/** After a failed commit memory holds what the disk does not: forget it and read the disk again. */
	async #startAgain(): Promise<void> {
		if (!this.#isReady) return;
		this.#isReady = false;
		for (const session of [...this.#sessions]) session.close('notKnownYet');
		const { store, founding, log } = this.#options;
		try {
			this.#grids = await loadGrids(store);
			this.#founding = await openFounding(store, founding === 'open', this.#queue);
			this.#drafts = this.#newDrafts();
			this.#trunks = new Map();
			this.#isReady = true;
		} catch (error) {
			log.fault('storage could not be read; stop the relay and look at its disk', error);
		}
	}

	#newDrafts(): Drafts {
		const { store, now } = this.#options;
		return new Drafts({ store, now, queue: this.#queue });
	}
}
