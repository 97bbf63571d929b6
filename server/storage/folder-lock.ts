import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Holds a data folder for this process: two relays on one folder would each believe their own memory. The operating
 * system ends the lock with the process, however that ends. Throws a sentence for the operator when it is held.
 */
export function lockFolder(dataDir: string): { release(): void } {
	const lock = new DatabaseSync(join(dataDir, 'corner.lock'));
	try {
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
	} catch {
		lock.close();
		throw new Error(`Another council-corner is running on DATA_DIR ${dataDir}: stop it, or name another folder.`);
	}
	return { release: () => lock.close() };
}
