import { join } from 'node:path';
import { EMPTY_BATCH } from '../../../server/storage/port.ts';
import { SqliteStore } from '../../../server/storage/sqlite.ts';
import type { StoryCorner } from '../../../server/cli/scenario/people.ts';
import { openHouse } from '../../../server/cli/scenario/open-house.ts';
import { StoryClient } from '../../../server/cli/scenario/story-client.ts';
import { RelayProcess } from './relay-process.ts';

export interface FilledRelay {
	readonly relay: RelayProcess;
	/** Fragments of join links: for a convener, a teller, a member. Whoever joins with one is admitted at once. */
	readonly guests: readonly string[];
	/** Sends what was told since. */
	offer(): Promise<void>;
	end(): Promise<void>;
}

/** A real relay process on a real SQLite file that holds the whole corner before it starts: quicker than to send it. */
export async function filledRelay(corner: StoryCorner): Promise<FilledRelay> {
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
	return { relay, guests, offer: () => client.offerAll(), end };
}
