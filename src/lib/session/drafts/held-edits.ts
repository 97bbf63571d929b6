import { DraftHoldings } from '#core/wire/draft-holdings.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';

/** What this device holds of a draft, known without Yjs. */
export async function heldEdits(room: string): Promise<DraftHoldings> {
	const holdings = new DraftHoldings();
	for (const { update } of await new DraftStore(room).after(0)) holdings.take(update);
	return holdings;
}
