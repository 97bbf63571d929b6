import type { GridId } from '#core/kernel/ids.ts';
import type { Log } from '../log.ts';
import type {
	Batch,
	NewPublication,
	RelayStore,
	StoredBlob,
	StoredRecord,
	StoredSnapshot,
	StoredUpdate,
} from '../storage/port.ts';
import type { DiskUse } from './disk-use.ts';

interface Turn {
	readonly records: StoredRecord[];
	readonly blobs: StoredBlob[];
	readonly snapshots: StoredSnapshot[];
	readonly updates: StoredUpdate[];
	readonly publications: NewPublication[];
	readonly foundingCodesIssued: string[];
	readonly foundingCodesUsed: string[];
	/** Run before the commit, once for each key; they may still add to the turn. */
	readonly before: Map<object, () => void>;
	/** Run after the commit, in order. */
	readonly after: (() => void)[];
}

/**
 * ARCHITECTURE 5: everything of one event-loop turn, for all rooms, is one transaction. Whatever the relay says goes
 * through `after`, so nothing leaves it that a crash could still undo, not even an answer read from memory.
 */
export class CommitQueue {
	readonly #store: RelayStore;
	readonly #log: Log;
	readonly #use: DiskUse;
	readonly #failed: () => void;
	#turn = emptyTurn();
	#scheduled = false;
	#running = Promise.resolve();

	/** `failed`: a commit was rejected; memory is ahead of the disk and must be thrown away. */
	constructor(store: RelayStore, log: Log, use: DiskUse, failed: () => void) {
		this.#store = store;
		this.#log = log;
		this.#use = use;
		this.#failed = failed;
	}

	record(record: StoredRecord): void {
		this.#turn.records.push(record);
		this.#use.add(record.grid, record.wire.length);
		this.#schedule();
	}

	blob(blob: StoredBlob): void {
		this.#turn.blobs.push(blob);
		this.#use.add(blob.grid, blob.bytes.length);
		this.#schedule();
	}

	snapshot(snapshot: StoredSnapshot): void {
		this.#turn.snapshots.push(snapshot);
		this.#schedule();
	}

	update(update: StoredUpdate): void {
		this.#turn.updates.push(update);
		this.#use.add(gridOf(update.room), update.update.length);
		this.#schedule();
	}

	publication(publication: NewPublication): void {
		this.#turn.publications.push(publication);
		this.#schedule();
	}

	issueFoundingCode(code: string): void {
		this.#turn.foundingCodesIssued.push(code);
		this.#schedule();
	}

	useFoundingCode(code: string): void {
		this.#turn.foundingCodesUsed.push(code);
		this.#schedule();
	}

	before(key: object, action: () => void): void {
		this.#turn.before.set(key, action);
		this.#schedule();
	}

	after(action: () => void): void {
		this.#turn.after.push(action);
		this.#schedule();
	}

	/** Resolves when everything of the turns so far is committed and said. */
	async settled(): Promise<void> {
		await new Promise<void>((resolve) => this.after(resolve));
	}

	/** Runs `work` when no commit is under way, and no commit while it runs. */
	between(work: () => Promise<void>): Promise<void> {
		const done = this.#running.then(work);
		this.#running = done.catch(() => {});
		return done;
	}

	#schedule(): void {
		if (this.#scheduled) return;
		this.#scheduled = true;
		// After the poll phase: every socket that was readable in this turn has been heard.
		setImmediate(() => {
			this.#running = this.#running.then(() => this.#endTurn());
		});
	}

	async #endTurn(): Promise<void> {
		for (const [key, action] of this.#turn.before) {
			this.#turn.before.delete(key);
			this.#guarded(action);
		}
		const turn = this.#turn;
		this.#turn = emptyTurn();
		this.#scheduled = false;
		if (isEmpty(turn) || (await this.#commit(turn))) for (const action of turn.after) this.#guarded(action);
	}

	async #commit(batch: Batch): Promise<boolean> {
		try {
			await this.#store.commit(batch);
			return true;
		} catch (error) {
			this.#log.fault('storage refused a commit; every connection starts again', error);
			// What came in meanwhile was judged by a memory that is now wrong.
			this.#turn = emptyTurn();
			this.#failed();
			return false;
		}
	}

	#guarded(action: () => void): void {
		try {
			action();
		} catch (error) {
			this.#log.fault('a bug at the end of a turn', error);
		}
	}
}

/** The name of a draft's room begins with its grid. */
const gridOf = (room: string): GridId => room.split('.')[0] as GridId;

function emptyTurn(): Turn {
	return {
		...{ records: [], blobs: [], snapshots: [], updates: [], publications: [] },
		...{ foundingCodesIssued: [], foundingCodesUsed: [], before: new Map(), after: [] },
	};
}

function isEmpty(turn: Turn): boolean {
	const { before: _before, after: _after, ...kept } = turn;
	return Object.values(kept).every((rows) => rows.length === 0);
}
