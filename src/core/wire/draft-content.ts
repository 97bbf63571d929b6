import type { DraftReader } from './draft-reader.ts';

/** Depth of one value inside a text: deeper ones overflow the stack of whoever decodes them. */
const DEEPEST = 32;
/** Bytes of one mark or embedded value; ours are a few. */
const LONGEST_JSON = 4096;
/** Deleted in one piece. Nobody writes that much in one draft, and a run without end would bury a clientID. */
export const LONGEST_RUN = 4 * 1024 * 1024;

/** Yjs' numbers for what an item holds. 2 is how older versions wrote values, and 9 is a document in the document. */
const CONTENT = { deleted: 1, binary: 3, text: 4, embed: 5, format: 6, type: 7, any: 8 } as const;
/** Yjs' numbers for shared types: array, map, text, XML element, fragment, hook, text. Elements and hooks have a name. */
const TYPES = 7;
const NAMED_TYPES: readonly number[] = [3, 5];

/** Reads what one item holds; answers its length in clock ticks. */
export function scanContent(reader: DraftReader, kind: number): number {
	switch (kind) {
		case CONTENT.deleted:
			return scanRun(reader);
		case CONTENT.text:
			return reader.skipText();
		case CONTENT.any:
			return scanValues(reader);
		case CONTENT.binary:
			return one(() => reader.skip(reader.count()));
		case CONTENT.embed:
			return one(() => scanJson(reader));
		case CONTENT.format:
			return one(() => (reader.skipText(), scanJson(reader)));
		case CONTENT.type:
			return one(() => scanType(reader));
		default:
			return reader.refuse();
	}
}

/** The length of what is gone. */
export function scanRun(reader: DraftReader): number {
	const length = reader.uint();
	return length <= LONGEST_RUN ? length : reader.refuse();
}

function one(scan: () => void): number {
	scan();
	return 1;
}

function scanType(reader: DraftReader): void {
	const type = reader.uint();
	if (type >= TYPES) reader.refuse();
	if (NAMED_TYPES.includes(type)) reader.skipText();
}

function scanValues(reader: DraftReader): number {
	const count = reader.count();
	for (let index = 0; index < count && !reader.isBroken; index++) scanValue(reader, DEEPEST);
	return count;
}

/** lib0's "any": a byte that says what, then the value. */
function scanValue(reader: DraftReader, depth: number): void {
	if (depth === 0) return void reader.refuse();
	const kind = reader.byte();
	if (kind === 127 || kind === 126 || kind === 121 || kind === 120) return;
	if (kind === 125) return reader.skipInt();
	if (kind === 124) return reader.skip(4);
	if (kind === 123) return reader.skip(8);
	if (kind === 119) return void reader.skipText();
	if (kind === 116) return reader.skip(reader.count());
	if (kind !== 118 && kind !== 117) return void reader.refuse();
	const count = reader.count();
	for (let index = 0; index < count && !reader.isBroken; index++) {
		if (kind === 118) reader.skipText();
		scanValue(reader, depth - 1);
	}
}

function scanJson(reader: DraftReader): void {
	const text = reader.text(LONGEST_JSON);
	try {
		if (!isShallow(JSON.parse(text), DEEPEST)) reader.refuse();
	} catch {
		reader.refuse();
	}
}

function isShallow(value: unknown, depth: number): boolean {
	if (value === null || typeof value !== 'object') return true;
	return depth > 0 && Object.values(value).every((item) => isShallow(item, depth - 1));
}
