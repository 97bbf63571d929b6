import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Holds a data folder for this process: two relays on one folder would each believe their own memory. The operating
 * system ends the lock with the process, however that ends. Throws a sentence for the operator when it is held.
 */
export function lockFolder(dataDir: string): { release(): void } {
	const holder = join(dataDir, 'corner.holder');
	const lock = new DatabaseSync(join(dataDir, 'corner.lock'));
	try {
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
	} catch {
		lock.close();
		throw new Error(
			`Another council-corner is running on DATA_DIR ${dataDir} (${readHolder(holder)}): ` +
				'stop it, or name another folder.',
		);
	}
	writeFileSync(holder, `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}\n`);
	return { release: () => release(lock, holder) };
}

/** Only for the sentence: what a killed process left behind is written over by the next one that gets the lock. */
function readHolder(holder: string): string {
	try {
		return readFileSync(holder, 'utf8').trim();
	} catch {
		return 'it has only just started';
	}
}

function release(lock: DatabaseSync, holder: string): void {
	rmSync(holder, { force: true });
	lock.close();
}
