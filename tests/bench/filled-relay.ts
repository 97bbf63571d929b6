import { join } from 'node:path';
import { EMPTY_BATCH } from '../../server/storage/port.ts';
import { SqliteStore } from '../../server/storage/sqlite.ts';
import { openHouse } from '../../server/cli/scenario/open-house.ts';
import { StoryClient } from '../../server/cli/scenario/story-client.ts';
import { RelayProcess } from '../e2e/support/relay-process.ts';
import type { BigGrid } from './big-grid.ts';

export interface FilledRelay {
	readonly relay: RelayProcess;
	/** Fragments of join links: for a convener, a teller, a member. Whoever joins with one is admitted at once. */
	readonly guests: readonly string[];
	end(): Promise<void>;
}

/** A real relay process on a real SQLite file that holds the whole grid before it starts. */
export async function filledRelay({ council: { corner } }: BigGrid): Promise<FilledRelay> {
	const relay = await RelayProcess.start({ FOUNDING: 'open' }, async (dataDir) => {
		const store = new SqliteStore(join(dataDir, 'corner.db'));
		const { grid } = corner;
		await store.commit({
			...EMPTY_BATCH,
			records: corner.records.map(({ id, scope, wire }) => ({ grid, scope, id, wire })),
			blobs: [...corner.blobs].map(([hash, bytes]) => ({ grid, hash, bytes })),
		});
		await store.close();
	});
	const client = await StoryClient.connect(corner, corner.founder, `127.0.0.1:${relay.port}`);
	const guests = await openHouse(corner, client);
	const end = async () => {
		client.close();
		await relay.stop();
	};
	return { relay, guests, end };
}
