import Dexie from 'dexie';

/** Why a database went away while the app was open. */
export type StopReason =
	/** The browser cleared or closed what the site had stored. */
	| 'closed'
	/** Another tab runs a newer version of the app, which brings the data forward. */
	| 'newer-tab';

/** DEV-3: a database that, once it was closed under the app, stays closed: a new and empty one must not take its place. */
export class DeviceDatabase extends Dexie {
	/** Resolved when the database goes away while it is in use. */
	readonly stopped: Promise<StopReason>;
	readonly #newest: number;

	/** `newest`: the latest version of the data that this code knows. */
	constructor(name: string, newest: number) {
		super(name);
		this.#newest = newest;
		this.stopped = new Promise((resolve) => this.#watch(resolve));
	}

	/**
	 * DEV-4: whether a newer version of the app has written it. Asked before it is opened, because Dexie would open it all
	 * the same and change it to what this version knows.
	 */
	async isFromNewerApp(): Promise<boolean> {
		return (await nativeVersion(this.name)) > this.#newest * DEXIE_VERSION_STEP;
	}

	/** Dexie by itself would open anew whatever is there with the next question. */
	#watch(stop: (reason: StopReason) => void): void {
		const end = (reason: StopReason) => {
			this.close();
			stop(reason);
		};
		this.on('versionchange', ({ newVersion }) => {
			end(newVersion ? 'newer-tab' : 'closed');
			return false; // And so keeps Dexie's own answer from being given.
		});
		this.on('ready', () => this.backendDB().addEventListener('close', () => end('closed')), true);
	}
}

/** Dexie's version 1 is IndexedDB's version 10. */
const DEXIE_VERSION_STEP = 10;

/** 0 where there is no database of that name, and there is none afterwards. */
function nativeVersion(name: string): Promise<number> {
	return new Promise((resolve) => {
		const request = indexedDB.open(name);
		request.onupgradeneeded = () => request.transaction?.abort();
		request.onerror = () => resolve(0);
		request.onsuccess = () => {
			resolve(request.result.version);
			request.result.close();
		};
	});
}
