import { encodeCbor, type CborValue } from '../kernel/cbor.ts';
import { compareText, labelledHash } from '../kernel/ids.ts';

/** FOLD-2: "the same state" means the same hash. Maps and sets are written sorted, so insertion order cannot show. */
export function stateHash(state: unknown): string {
	return labelledHash('council-corner/state/1', encodeCbor(plain(state)));
}

function plain(value: unknown): CborValue {
	if (value instanceof Uint8Array) return value;
	if (value instanceof Map) return sortedEntries([...value.entries()]);
	if (value instanceof Set) return [...value].map(plain).sort((a, b) => compareText(String(a), String(b)));
	if (Array.isArray(value)) return value.map(plain);
	if (value === undefined) return null;
	if (value === null || typeof value !== 'object') return value as CborValue;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function sortedEntries(entries: readonly (readonly [unknown, unknown])[]): CborValue {
	const sorted = [...entries].sort(([a], [b]) => compareText(String(a), String(b)));
	return sorted.map(([key, item]) => [plain(key), plain(item)]);
}
