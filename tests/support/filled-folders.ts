import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIdentity } from '../../server/relay/identity.ts';
import { EMPTY_BATCH } from '../../server/storage/port.ts';
import { SqliteStore } from '../../server/storage/sqlite.ts';
import { idOf } from './forging.ts';
import type { Act, RelayCorner } from './relay-people.ts';
import { enrolment } from './relay-vote.ts';

/** Data of two relays that hold a corner, which has taken both on; to be started as processes. */
export async function filledFolders(corner: RelayCorner, acts: readonly Act[]): Promise<readonly [string, string]> {
	const folders = [temporaryFolder(), temporaryFolder()] as const;
	const stores = folders.map((folder) => new SqliteStore(join(folder, 'corner.db')));
	const wires = [...corner.founding.wires];
	for (const store of stores) wires.push(...enrolment(corner, (await readIdentity(store)).key).wires);
	wires.push(...acts.flatMap((act) => act.wires));
	const records = wires.map((wire) => ({ grid: corner.grid, scope: null, id: idOf(wire), wire }));
	for (const store of stores) {
		await store.commit({ ...EMPTY_BATCH, records });
		await store.close();
	}
	return folders;
}

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'council-corner-'));
