import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

const CLIENT = 4711;

/** Every way of LEDGER 8's Yjs row to harm whoever applies an update, and a few of their neighbors. */
export const HOSTILE_UPDATES: Readonly<Record<string, () => Uint8Array>> = {
	'7 bytes that claim 30,000,000 structs': () => bytes((to) => to.uint(1, 30_000_000)),
	'30,000,000 clients': () => bytes((to) => to.uint(30_000_000)),
	'30,000,000 deletions': () => bytes((to) => to.uint(0, 1, CLIENT, 30_000_000)),
	'a delete set that is cut off': () => Y.encodeStateAsUpdate(withDeletions()).slice(0, -2),
	'20,000 root types': () => bytes((to) => manyRoots(to, 20_000)),
	'one root type that no draft has': () => bytes((to) => manyRoots(to, 1)),
	'a root named as something every object has': () => rootText('constructor'),
	'a gone range of length 2^52': () => struct((to) => to.byte(0).uint(2 ** 52)),
	'a gone range of 2^30': () => struct((to) => to.byte(0).uint(2 ** 30)),
	'deleted content of length 2^30': () =>
		struct((to) =>
			to
				.byte(1)
				.uint(1)
				.text('text')
				.uint(2 ** 30),
		),
	'a value 60,000 deep': () => struct((to) => nested(to.byte(8).uint(1).text('text').uint(1), 60_000)),
	'a mark 2,000 deep': () =>
		struct((to) =>
			to
				.byte(6)
				.uint(1)
				.text('text')
				.text('bold')
				.text(`${'['.repeat(2000)}${']'.repeat(2000)}`),
		),
	'a mark that is no JSON': () => struct((to) => to.byte(6).uint(1).text('text').text('bold').text('{')),
	'a document in an array': () => Y.encodeStateAsUpdate(documentInArray()),
	'a struct without length': () => struct((to) => to.byte(4).uint(1).text('text').text('')),
	'an unknown kind': () => struct((to) => to.byte(15).uint(1).text('text')),
	'an unknown shared type': () => struct((to) => to.byte(7).uint(1).text('text').uint(9)),
	'a neighbor that comes later': () =>
		struct((to) =>
			to
				.byte(128 | 4)
				.uint(CLIENT, 5)
				.text('字'),
		),
	'a clock near 2^52': () => struct((to) => to.byte(4).uint(1).text('text').text('字'), 2 ** 52),
	'text that is not UTF-8': () => struct((to) => to.byte(4).uint(1).text('text').uint(2).byte(0xed).byte(0xa0)),
	'two lists of one client': () => bytes((to) => twoLists(to)),
	'something behind the end': () => Uint8Array.of(0, 0, 0),
	'random bytes': () => Uint8Array.from({ length: 400 }, (_, index) => (index * 167 + 41) % 256),
};

/** A live edit of which everything before is missing, as somebody sends who wants it kept as pending for ever. */
export function gappedUpdates(count: number): readonly Uint8Array[] {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (let index = 0; index <= count; index++) doc.getText('text').insert(0, '长'.repeat(300));
	return updates.slice(1);
}

class Writer {
	readonly encoder = encoding.createEncoder();

	byte(value: number): this {
		encoding.writeUint8(this.encoder, value);
		return this;
	}

	uint(...values: readonly number[]): this {
		for (const value of values) encoding.writeVarUint(this.encoder, value);
		return this;
	}

	text(value: string): this {
		encoding.writeVarString(this.encoder, value);
		return this;
	}
}

function bytes(write: (to: Writer) => unknown): Uint8Array {
	const writer = new Writer();
	write(writer);
	return encoding.toUint8Array(writer.encoder);
}

/** An update of one struct and no deletions. */
const struct = (write: (to: Writer) => Writer, clock = 0): Uint8Array =>
	bytes((to) => write(to.uint(1, 1, CLIENT, clock)).uint(0));

const rootText = (root: string): Uint8Array => struct((to) => to.byte(4).uint(1).text(root).text('字'));

function nested(to: Writer, depth: number): Writer {
	for (let index = 0; index < depth; index++) to.byte(117).uint(1);
	return to.byte(126);
}

function twoLists(to: Writer): void {
	to.uint(2);
	for (const text of ['一', '二']) to.uint(1, CLIENT, 0).byte(4).uint(1).text('text').text(text);
	to.uint(0);
}

function manyRoots(to: Writer, count: number): void {
	to.uint(1, count, CLIENT, 0);
	for (let index = 0; index < count; index++) to.byte(4).uint(1).text(`root ${index}`).text('字');
	to.uint(0);
}

function documentInArray(): Y.Doc {
	const doc = new Y.Doc();
	doc.getArray('text').insert(0, [new Y.Doc()]);
	return doc;
}

function withDeletions(): Y.Doc {
	const doc = new Y.Doc();
	const text = doc.getText('text');
	text.insert(0, '一二三四五');
	text.delete(1, 1);
	text.delete(2, 1);
	return doc;
}
