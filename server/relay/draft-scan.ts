import * as Y from 'yjs';
import { err, ok, type Result } from '#core/kernel/result.ts';

/** Nobody writes that much; a clock near 2^52 makes a clientID useless for ever. */
const HIGHEST_CLOCK = 2 ** 31;
/** Depth of one JSON value inside a text: deeper ones overflow the stack of whoever decodes them. */
const DEEPEST_JSON = 32;
/** Root types named by one update; our editor uses one. */
const MOST_ROOTS = 64;

export interface ScannedUpdate {
	/** Whether it says nothing at all, as the answer of a client that has nothing new. */
	readonly isEmpty: boolean;
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;
type Struct = Decoded['structs'][number];

/**
 * LEDGER 5, structural pre-scan: reads an update without applying it. Refuses what would harm whoever applies it:
 * truncated bytes, documents inside documents, empty or endless structs, far clocks, deep values, many roots.
 * Not refused: a gap in a client's clock, because y-websocket sends live edits before its step 2 has filled it.
 */
export function scanUpdate(update: Uint8Array): Result<ScannedUpdate, 'update-malformed'> {
	const decoded = decode(update);
	if (!decoded || !decoded.structs.every(isHarmless)) return err('update-malformed');
	if (rootsOf(decoded.structs).size > MOST_ROOTS || !areDeletesNear(decoded)) return err('update-malformed');
	return ok({ isEmpty: decoded.structs.length === 0 && decoded.ds.clients.size === 0 });
}

function decode(update: Uint8Array): Decoded | undefined {
	try {
		return Y.decodeUpdate(update);
	} catch {
		// lib0 and Yjs throw on truncated or unknown content, and a too deep value overflows the stack.
		return undefined;
	}
}

function isHarmless(struct: Struct): boolean {
	const { clock } = struct.id;
	if (struct.length <= 0 || clock + struct.length > HIGHEST_CLOCK) return false;
	if (!(struct instanceof Y.Item)) return true;
	if (struct.content instanceof Y.ContentDoc) return false;
	return !(struct.content instanceof Y.ContentAny) || struct.content.arr.every((value) => isShallow(value, 0));
}

function isShallow(value: unknown, depth: number): boolean {
	if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return true;
	return depth < DEEPEST_JSON && Object.values(value).every((item) => isShallow(item, depth + 1));
}

function rootsOf(structs: readonly Struct[]): ReadonlySet<unknown> {
	const parents = structs.map((struct) => (struct instanceof Y.Item ? (struct.parent as unknown) : undefined));
	return new Set(parents.filter((parent) => typeof parent === 'string'));
}

function areDeletesNear({ ds }: Decoded): boolean {
	return [...ds.clients.values()].every((ranges) =>
		ranges.every(({ clock, len }) => len > 0 && clock + len <= HIGHEST_CLOCK),
	);
}
