import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, shortHash, type BlobHash, type TopicId } from '#core/kernel/ids.ts';
import { decodeMemberBlob } from '#core/ledger/blobs.ts';
import { publicDocument, slugOf } from '#core/publication/document.ts';
import { MASK_VERSION, maskName } from '#core/publication/mask.ts';
import { cardField } from '#core/roster/records.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { must } from '../../support/must.ts';

const { corner, topic, poll } = tellElderDayCare();
const { ledger, blob } = corner;
const publish = must([...corner.state.publications.values()][0]);
const source = { ledger, blobs: blob, state: corner.state };
const written = publicDocument(source, publish.id);
const json = JSON.stringify(written);
const cards = [...corner.state.roster.members.values()].map(({ card }) =>
	must(decodeMemberBlob(cardField, blob(card))),
);

test('[PUB-3] the public document tells what was decided, on which text, with which numbers', () => {
	expect(publish.stands).toBe(true);
	const text = must(ledger.find(publish.text, 'text.freeze')).body.blob;
	expect(written.ok && written.value).toMatchObject({
		...{ topic, slug: slugOf(topic), textHash: shortHash(text), step: 'public-notice' },
		decided: { by: 'vote', decision: { outcome: 'passed' }, presentOnly: true },
		people: { publisher: '王*', tellers: ['李*国', '陈*梅'] },
	});
	const counts = written.ok && written.value.decided.by === 'vote' ? written.value.decided.counts : undefined;
	expect(counts).toEqual(corner.state.polls.get(poll)?.standing?.declared);
});

test('[PUB-3] no name and no address of a card is in it', () => {
	expect(cards.length).toBeGreaterThan(9);
	const leaked = cards.flatMap(({ name, building }) => [name, building]).filter((words) => json.includes(words));
	expect(leaked).toEqual([]);
});

test('[PUB-3] no device, no member, no ballot and no roll is in it', () => {
	const { devices, members, grants } = corner.state.roster;
	const ballots = ledger.ofType('ballot').map(({ id }) => id);
	const { roll, devices: listed } = must(ledger.find(poll, 'poll.open')).body;
	const ids = [...devices.keys(), ...members.keys(), ...ballots, ...grants.map(({ id }) => id), roll, listed];
	expect(ids.length).toBeGreaterThan(30);
	expect(ids.filter((id) => json.toLowerCase().includes(id.slice(0, 12)))).toEqual([]);
});

test('[PUB-3] every long hash in it is the grid or the topic', () => {
	const hashes = new Set(json.match(/[0-9a-f]{32,}/gi));
	expect(hashes).toEqual(new Set([corner.grid, topic]));
});

test('[PUB-3] it is plain JSON: the preview and the page show the same', () => {
	expect(written.ok && JSON.parse(JSON.stringify(written.value))).toEqual(written.ok && written.value);
});

test('[PUB-3] what is not held yet is said, not guessed', () => {
	const without = (hash: BlobHash) => (wanted: BlobHash) => (wanted === hash ? undefined : blob(wanted));
	const { title } = must(corner.state.topics.get(topic));
	expect(publicDocument({ ...source, blobs: without(title) }, publish.id)).toEqual({
		ok: false,
		error: 'blob-missing',
	});
	expect(publicDocument(source, topic)).toEqual({ ok: false, error: 'publication-unknown' });
});

test('[PUB-3] without its card a person is a star', () => {
	const card = must(corner.state.roster.members.get(must(publish.publisher))).card;
	const blobs = (wanted: BlobHash) => (wanted === card ? undefined : blob(wanted));
	const result = publicDocument({ ...source, blobs }, publish.id);
	expect(result.ok && result.value.people.publisher).toBe('*');
});

test('[PUB-3] the address of an outcome depends on its topic alone, and does not change', () => {
	expect(slugOf('00'.repeat(32) as TopicId)).toBe('aaaaaaaaaa');
	expect(slugOf('ff'.repeat(32) as TopicId)).toBe('7777777777');
	expect(slugOf(`0123456789abcdef${'00'.repeat(24)}` as TopicId)).toBe('aerukz4jvp');
	expect(slugOf(topic)).toMatch(/^[a-z2-7]{10}$/);
});

test('[PUB-3] ten characters are the first fifty bits', () => {
	const hex = fc.uint8Array({ minLength: 32, maxLength: 32 });
	const property = fc.property(hex, (bytes) => {
		const id = Buffer.from(bytes).toString('hex') as TopicId;
		const bits = [...fromHex(id)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
		const digits = (bits.slice(0, 50).match(/.{5}/g) ?? []).map((five) => Number.parseInt(five, 2));
		expect(slugOf(id)).toBe(digits.map((digit) => 'abcdefghijklmnopqrstuvwxyz234567'[digit]).join(''));
	});
	fc.assert(property, { numRuns: 300 });
});

test.each([
	['张桂兰', '张*兰'],
	['王伟', '王*'],
	['欧阳娜娜', '欧**娜'],
	['阿不都·买买提', '阿*****提'],
	['王', '*'],
	['', '*'],
	['  ', '*'],
	[' 王伟 ', '王*'],
	['赵㛃', '赵*'],
	['张𬭚', '张*'],
	['𬭚𬭚', '𬭚*'],
	['李䶮𬭚', '李*𬭚'],
	['𬭚㛃䶮', '𬭚*䶮'],
	['Anna Maria', 'A* M*'],
	['J. Smith-Jones', 'J* S*'],
	["D'Arcy", 'D*'],
	['José', 'J*'],
])('[PUB-4] %s becomes %s', (name, masked) => {
	expect(maskName(name)).toBe(masked);
});

test('[PUB-4] a mask never shows the whole name, nor more than two characters of a Chinese one', () => {
	const han = fc.constantFrom(...'王李张刘陈𬭚㛃䶮𠮷欧阳');
	const property = fc.property(fc.array(han, { minLength: 1, maxLength: 6 }), (characters) => {
		const name = characters.join('');
		const masked = maskName(name);
		expect(masked).not.toBe(name);
		expect([...masked].filter((character) => character !== '*').length).toBeLessThanOrEqual(2);
		expect([...masked]).toHaveLength(Math.max(characters.length, 1));
		expect(masked.isWellFormed()).toBe(true);
	});
	fc.assert(property, { numRuns: 500 });
	expect(MASK_VERSION).toBe(1);
});
