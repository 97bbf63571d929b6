import { DraftReader } from './draft-reader.ts';
import { scanUpdate } from './draft-scan.ts';

/** By clientID, how far its edits are held. */
export type DraftVector = ReadonlyMap<number, number>;

/** Reads Yjs' state vector, as `DraftHoldings.vector` writes it; undefined for anything else. */
export function readVector(bytes: Uint8Array): DraftVector | undefined {
	const reader = new DraftReader(bytes);
	const clocks = new Map<number, number>();
	const count = reader.count();
	for (let index = 0; index < count && !reader.isBroken; index++) clocks.set(reader.uint(), reader.uint());
	return reader.isBroken || reader.left > 0 ? undefined : clocks;
}

/** Whether an update may say something to whoever holds that much. What it deletes, a vector does not tell. */
export function maySayMore(update: Uint8Array, held: DraftVector): boolean {
	const scanned = scanUpdate(update);
	if (!scanned.ok) return false;
	const { clients, deletes } = scanned.value;
	return deletes.size > 0 || [...clients].some(([client, { to }]) => to > (held.get(client) ?? 0));
}
