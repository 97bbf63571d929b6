import { onTestFinished } from 'vitest';
import { ok } from '#core/kernel/result.ts';
import { CornerDatabase, type CornerRow } from '#lib/adapters/dexie/database.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';
import { webSocketLine } from '#lib/adapters/web-socket-line.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import type { RelayStanding } from '#lib/session/sync/relay-standing.ts';
import { TrunkSync } from '#lib/session/sync/trunk-sync.ts';
import './page.ts';
import type { SeededKey } from '../../server/cli/scenario/seeded-key.ts';
import type { RelayCorner } from './relay-people.ts';

let databases = 0;

/** Somebody's phone with a disk of its own, which holds the corner as it is now. */
export async function phoneWith(corner: Pick<RelayCorner, 'grid' | 'story'>, person: SeededKey) {
	const database = new CornerDatabase(`phone-${++databases}`);
	onTestFinished(() => database.close());
	await database.corners.add({ grid: corner.grid, name: '', key: person.key, since: 0 } as unknown as CornerRow);
	const store = new LedgerStore(database, corner.grid);
	const copy = new CornerCopy(store);
	await copy.receive(corner.story.records.map(({ wire }) => wire));
	return { grid: corner.grid, person, store, copy };
}

export type Phone = Awaited<ReturnType<typeof phoneWith>>;

/** The phone speaks to the relay at this host. */
export function speakTo(
	{ grid, person, store, copy }: Phone,
	host: string,
	relay: RelayStanding,
	founding: string | undefined = undefined,
) {
	const statuses: TrunkStatus[] = [];
	const credentials = {
		...{ grid, key: person.key, founding },
		sign: (message: Uint8Array) => Promise.resolve(person.sign(message)),
		introduction: () => Promise.resolve([]),
	};
	const nothing = () => {};
	const notes = { status: (now: TrunkStatus) => statuses.push(now), inStep: nothing, fetching: nothing };
	const dial = async () => ok(webSocketLine(`ws://${host}/sync`));
	const sync = new TrunkSync(dial, credentials, { copy, store, relay }, notes);
	onTestFinished(() => sync.close());
	return { statuses, sync };
}
