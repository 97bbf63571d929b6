import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { DeviceKey, GridId } from '#core/kernel/ids.ts';
import { CLOSINGS, type CloseReason } from '#core/wire/close-codes.ts';
import { parseRoom } from '#core/wire/rooms.ts';
import { Verifier } from '../ed25519.ts';
import type { Log } from '../log.ts';
import type { RelayStore } from '../storage/port.ts';
import { openLink, type Call, type LinkEnding } from '../uplink/link.ts';
import { CommitQueue } from './commit-queue.ts';
import { DiskUse } from './disk-use.ts';
import type { FoundingPolicy } from './founding.ts';
import { Housekeeping } from './housekeeping.ts';
import { IncomingDoor, type IncomingDoorDeps } from './incoming-door.ts';
import { readIdentity } from './identity.ts';
import { LIMITS } from './limits.ts';
import { OutcomeFiles } from './outcome-files.ts';
import { answerRendezvous } from './rendezvous-http.ts';
import { Rendezvous } from './rendezvous.ts';
import { Rooms, type RoomsDeps } from './rooms.ts';
import { Session } from './session.ts';
import type { SessionDeps } from './session-deps.ts';
import { Sessions } from './sessions.ts';
import { SYNC_PATH, WebSocketPort, type RelaySocket } from './socket.ts';
import { isOwnPage, Visitors, type VisitorSettings } from './visitors.ts';

export interface RelayOptions extends VisitorSettings {
	readonly store: RelayStore;
	readonly log: Log;
	/** Milliseconds since 1970, for what people read: a laptop’s may be wrong, and be put right while the relay runs. */
	readonly now: () => number;
	/** Milliseconds by a clock that nobody sets: how long something lasts is measured by it. */
	readonly elapsed: () => number;
	readonly founding: FoundingPolicy;
	/** Bytes that one grid may keep. */
	readonly gridShare: number;
}

/** Where a socket came from: the room it names (not parsed yet), the host it dialed, and its address. */
export interface Caller {
	readonly room: string;
	readonly host: string;
	readonly address: string;
}

/** Carries ledgers and drafts between the devices of a corner. One for each process. */
export class Relay {
	readonly #log: Log;
	readonly #queue: CommitQueue;
	readonly #roomsDeps: RoomsDeps;
	readonly #visitors: Visitors;
	readonly #rendezvous: Rendezvous;
	readonly #housekeeping: Housekeeping;
	readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LIMITS.message });
	readonly #sessions: Sessions;
	readonly #sessionDeps: SessionDeps;
	readonly #door: IncomingDoorDeps;
	readonly #outcomes: OutcomeFiles;
	#rooms: Rooms;
	#isReady = true;

	private constructor({ log, ...options }: RelayOptions, deps: RoomsDeps, sessions: Sessions, rooms: Rooms) {
		this.#log = log;
		this.#queue = deps.queue;
		this.#roomsDeps = deps;
		this.#sessions = sessions;
		this.#rooms = rooms;
		this.#visitors = new Visitors(options);
		this.#rendezvous = new Rendezvous(options.now);
		this.#housekeeping = new Housekeeping(deps, log, () => {
			this.checkPulses();
			this.confirmBallots();
		});
		this.#outcomes = new OutcomeFiles({ ...deps, gridOf: (grid) => this.#rooms.gridOf(grid) });
		this.#door = {
			identity: deps.identity,
			introduction: (session) => this.#rooms.introduction(session),
			logIn: (session, proof) => this.#rooms.logIn(session, proof),
		};
		this.#sessionDeps = {
			...{ queue: deps.queue, log, elapsed: options.elapsed, identity: deps.identity },
			entering: (session) => this.#entering(session),
			hearDraft: (session, grid, message) => this.#rooms.hearDraft(session, grid, message),
			ended: (session) => this.#ended(session),
		};
	}

	static async open(options: RelayOptions): Promise<Relay> {
		const { store, log, now, elapsed, founding } = options;
		let failed = () => {};
		const use = new DiskUse(options.gridShare);
		const sessions = new Sessions();
		const deps = {
			...{ store, use, now, elapsed, founding, verifier: new Verifier() },
			queue: new CommitQueue(store, log, use, () => failed()),
			identity: await readIdentity(store),
			confirmsFrom: elapsed() + LIMITS.recovery,
			rightsEnded: (grid: GridId) => sessions.checkRights(grid),
		};
		const relay = new Relay(options, deps, sessions, await Rooms.load(deps));
		failed = () => void relay.#startAgain();
		return relay;
	}

	/** By which a grid takes it on. */
	get key(): DeviceKey {
		return this.#roomsDeps.identity.key;
	}

	/** A code for a grid that is not held; undefined once one is, unless `founding` is `enrolled`. */
	async foundingCode(): Promise<string | undefined> {
		return this.#rooms.foundingCode();
	}

	/** Takes over an HTTP upgrade for SYNC_PATH. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		// Until ws listens itself; a reset connection must not end the process.
		socket.on('error', () => socket.destroy());
		if (!isOwnPage(request, this.#visitors.origin)) return refuse(socket, '403 Forbidden');
		const address = this.#visitors.addressOf(request);
		if (!this.#visitors.mayCome(address)) return refuse(socket, '429 Too Many Requests');
		this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(request, address, webSocket));
	}

	/** Takes over a socket that came another way than by HTTP. */
	receive(caller: Caller, socket: RelaySocket): void {
		if (this.#visitors.mayCome(caller.address)) this.#receive(caller, socket);
		else turnAway(socket, 'tooMuch');
	}

	/** LINK-3: the grids for which this relay may dial others. */
	carriedGrids(): readonly GridId[] {
		return this.#isReady ? this.#rooms.carried() : [];
	}

	/** Dials another relay of a grid, unless this one does not carry for it, and says whether it did. `ended`: called once. */
	link(call: Call, dial: () => RelaySocket, ended: (how: LinkEnding) => void): boolean {
		const carried = this.#isReady ? this.#rooms.carriedBy(call.grid) : undefined;
		if (!carried) return false;
		const { verifier } = this.#roomsDeps;
		const { introduction } = this.#door;
		const leave = (session: Session, how: LinkEnding) => void (this.#sessions.remove(session) && ended(how));
		const deps = { ...this.#sessionDeps, introduction, verifier, ended: leave };
		this.#sessions.add(openLink(call, dial(), carried, deps));
		return true;
	}

	/** Answers what is the relay's among the requests that are no sockets, and says whether it did. */
	answer(request: IncomingMessage, response: ServerResponse): boolean {
		return answerRendezvous(this.#rendezvous, this.#visitors, request, response);
	}

	/** BUNDLE-8: the file (gzip) of what stands at a public address; undefined where there is none. */
	outcomeFile(slug: string): Promise<Uint8Array | undefined> {
		return this.#outcomes.read(slug);
	}

	/** RELAY-46: looks at every connection once; runs by itself every LIMITS.pulse. */
	checkPulses(): void {
		this.#sessions.checkPulses();
	}

	/** RELAY-57: confirms what had to wait; runs by itself every LIMITS.pulse. */
	confirmBallots(): void {
		this.#rooms.confirmBallots();
	}

	/** Resolves when everything that was taken is committed and every connection is told to come back. */
	async close(): Promise<void> {
		this.#isReady = false;
		this.#housekeeping.stop();
		this.#sessions.closeAll('restarting');
		this.#rooms.stop();
		await this.#queue.settled();
		for (const client of this.#server.clients) client.terminate();
		this.#server.close();
	}

	#accept(request: IncomingMessage, address: string, socket: WebSocket): void {
		const path = (request.url ?? '').split('?')[0] ?? '';
		const room = path.slice(SYNC_PATH.length);
		this.#receive({ room, host: request.headers.host ?? '', address }, new WebSocketPort(socket));
	}

	#receive({ room, host, address }: Caller, socket: RelaySocket): void {
		const name = parseRoom(room);
		if (!name.ok || !this.#isReady) return turnAway(socket, name.ok ? 'restarting' : 'noSuchRoom');
		this.#visitors.came(address);
		const door = (session: Session) => new IncomingDoor(session, this.#door);
		this.#sessions.add(new Session({ name: name.value, host, address }, socket, this.#sessionDeps, door));
	}

	#entering({ key, arrival }: Session): CloseReason | undefined {
		if (this.#sessions.countOf(key) > LIMITS.connectionsPerDevice) return 'tooMuch';
		return this.#visitors.proved(arrival.address) ? undefined : 'tooMuch';
	}

	#ended(session: Session): void {
		if (!this.#sessions.remove(session)) return;
		this.#visitors.left(session.arrival.address, session.isLoggedIn);
		const { grid } = session.name;
		if (this.#rooms.isUnfounded(grid) && !this.#sessions.isAnybodyIn(grid)) this.#rooms.forget(grid);
	}

	/** After a failed commit memory holds what the disk does not: forget it and read the disk again. */
	async #startAgain(): Promise<void> {
		if (!this.#isReady) return;
		this.#isReady = false;
		this.#sessions.closeAll('restarting');
		this.#rooms.stop();
		try {
			this.#rooms = await Rooms.load(this.#roomsDeps);
			this.#isReady = true;
		} catch (error) {
			this.#log.fault('storage could not be read; stop the relay and look at its disk', error);
		}
	}
}

function turnAway(socket: RelaySocket, reason: CloseReason): void {
	const nothing = () => {};
	socket.listen({ frame: nothing, noFrame: nothing, alive: nothing, ended: () => socket.terminate() });
	socket.close(CLOSINGS[reason].code, reason);
}

function refuse(socket: Duplex, status: string): void {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}
