import { describe, expect, test } from 'vitest';
import type { CarriedFile } from '#core/bundle/carried-file.ts';
import { closeOutcome } from '#core/bundle/closure.ts';
import { editionOf } from '#core/bundle/outcome.ts';
import { blobHash, decodeTextBlob, encodeTextBlob } from '#core/ledger/blobs.ts';
import { cited } from '#core/ledger/composer.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import type { RecordType } from '#core/ledger/registry.ts';
import { blobReferences } from '#core/ledger/references.ts';
import { publicationOf as publicationIn } from '../../support/outcome.ts';
import { publishableParts } from '#core/publication/rules.ts';
import { cutsAtHeads } from '#core/validity/cutting.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { tellElevatorNoise } from '../../../server/cli/scenario/elevator-noise.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, approve, correct, decide, publish, withdraw, writeMinutes } from '../../support/outcome.ts';
import { fileOf, reasonsAgainst } from '../../support/outcome-file.ts';

const elders = tellElderDayCare();
const elevator = tellElevatorNoise();

/** The same closure by somebody who holds the file alone. */
function closedAgain(file: CarriedFile): ReturnType<typeof closeOutcome> {
	const ledger = new Ledger();
	for (const record of file.records) ledger.add(record);
	const held = new Map(file.blobs.map((bytes) => [blobHash(bytes), bytes]));
	return closeOutcome(ledger, (hash) => held.get(hash), must(editionOf(ledger, file.outcome)));
}

const without = (file: CarriedFile, gone: (record: CarriedFile['records'][number]) => boolean): CarriedFile => ({
	...file,
	records: file.records.filter((record) => !gone(record)),
});

/** A council with a topic that is published. */
function published(council: Council, topic = council.topic(), text = council.freeze(topic)) {
	const { close } = decide(council, topic, text);
	const minutes = agreedMinutes(council, topic);
	const parts = must(publishableParts(council.corner.state, council.topicState(topic)));
	const outcome = publish(council, parts);
	council.cosign(council.li, outcome, 'approve');
	return { topic, close, minutes, parts, outcome };
}

describe.each([
	['a vote', elders.corner],
	['a consensus', elevator.corner],
])('the file of %s', (_, corner) => {
	const file = fileOf(corner);

	test('[BUNDLE-1] closed again from the file alone, nothing is added and nothing left out', () => {
		const again = closedAgain(file);
		expect(again.records).toEqual(new Set(file.records.map(({ id }) => id)));
		expect(again.blobs).toEqual(new Set(file.blobs.map(blobHash)));
		expect([...again.missing, ...again.absent, ...again.missingLinks]).toEqual([]);
	});

	test('[BUNDLE-2] it holds no member blob, and neither names nor addresses of the roster', () => {
		const kinds = file.blobs.map((bytes) => corner.ledger.blobKind(blobHash(bytes)));
		expect(new Set(kinds)).toEqual(new Set(['public']));
		const bytes = Buffer.concat([...file.blobs, ...file.records.map(({ wire }) => wire)]).toString('utf8');
		for (const name of ['王芳', '李建国', '赵秀英', '马大爷', '刘洁', '宋志远', '田秀兰', '5号楼'])
			expect(bytes).not.toContain(name);
	});
});

test('[BUNDLE-1] whatever the outcome rests on, without it the file proves nothing', async () => {
	const file = fileOf(elders.corner);
	const needed: readonly RecordType[] = [
		...(['genesis', 'member.add', 'topic.open', 'text.freeze', 'poll.open', 'ballot', 'hand.count'] as const),
		...(['poll.close', 'meeting.attendance', 'minutes.freeze', 'minutes.approve', 'publish', 'cosign'] as const),
	];
	const held = file.records.filter(({ type }) => needed.some((one) => one === type));
	expect(held.length).toBeGreaterThan(30);
	for (const { id } of held)
		expect(await reasonsAgainst(without(file, (record) => record.id === id)), id).not.toEqual([]);
	for (const bytes of file.blobs)
		expect(await reasonsAgainst({ ...file, blobs: file.blobs.filter((one) => one !== bytes) })).toContain(
			'blob-missing',
		);
});

test('[BUNDLE-1] [BUNDLE-2] another topic, its vote and its ballots stay out; a late ballot comes in', async () => {
	const council = new Council('two topics');
	const other = council.topic('路灯');
	const otherVote = decide(council, other);
	const { outcome, topic, close } = published(council);
	const { poll } = must(council.corner.ledger.find(close, 'poll.close')).body;
	const late = council.vote(council.sun, poll, 'reject', []);
	const file = fileOf(council.corner, outcome);
	const ids = new Set(file.records.map(({ id }) => id));
	expect(ids.has(late)).toBe(true);
	expect(ids.has(topic)).toBe(true);
	expect([other, otherVote.poll, otherVote.close].filter((id) => ids.has(id))).toEqual([]);
	expect(file.records.filter(({ scope }) => scope !== null && scope !== poll)).toEqual([]);
	expect(await reasonsAgainst(file)).toEqual([]);
});

test('[BUNDLE-1] [BUNDLE-2] an earlier vote on the same topic is told of, and its ballots stay out even when named', async () => {
	const council = new Council('second try');
	const topic = council.topic();
	const text = council.freeze(topic);
	const failed = council.poll(topic, 'R12-all', undefined, text);
	const [against] = council.everybody.map((person) => council.vote(person, failed, 'reject'));
	const firstClose = council.close(failed);
	council.certify(firstClose, council.li, council.chen);
	const { outcome, close } = published(council, topic, text);
	const { poll } = must(council.corner.ledger.find(close, 'poll.close')).body;
	council.vote(council.sun, poll, 'approve', [must(against)]);
	const file = fileOf(council.corner, outcome);
	const ids = file.records.map(({ id }) => id);
	expect(ids).toEqual(expect.arrayContaining([failed, firstClose]));
	expect(file.records.filter(({ scope }) => scope === failed)).toEqual([]);
	expect(await reasonsAgainst(file)).toEqual([]);
});

test('[BUNDLE-2] of a text that was withdrawn or replaced the hash remains, and not a word', async () => {
	const council = new Council('withdrawn words');
	const { outcome, topic, parts, minutes } = published(council);
	withdraw(council, topic, [outcome]);
	const second = writeMinutes(council, topic, '同意加装电梯，费用另议。');
	for (const person of [council.chen, council.zhao]) council.cosign(person, second, 'approve');
	approve(council, second);
	const heads = [...council.corner.state.withdrawals.keys()];
	const corrected = correct(council, { ...parts, minutes: second }, heads);
	council.cosign(council.li, corrected, 'approve');
	const file = fileOf(council.corner, corrected);
	const words = (id: typeof minutes) => must(council.corner.ledger.find(id, 'minutes.freeze')).body.blob;
	expect(file.records.map(({ id }) => id)).toContain(minutes);
	expect(publicationIn(council, corrected).stands).toBe(true);
	expect(file.blobs.map(blobHash)).toContain(words(second));
	expect(file.blobs.map(blobHash)).not.toContain(words(minutes));
	expect(await reasonsAgainst(file)).toEqual([]);
});

test('[BUNDLE-2] a file with a card in it, or with anything else, is not verified', async () => {
	const file = fileOf(elders.corner);
	const cards = elders.corner.ledger.ofType('member.add').flatMap(blobReferences);
	const card = must(elders.corner.blob(must(cards[0]).hash));
	expect(await reasonsAgainst({ ...file, blobs: [...file.blobs, card] })).toEqual(['blob-private']);
	const note = encodeTextBlob('请大家投同意');
	expect(decodeTextBlob(note)).toBe('请大家投同意');
	expect(await reasonsAgainst({ ...file, blobs: [...file.blobs, note] })).toEqual(['superfluous']);
	const more = elders.corner.records.filter(({ type }) => type === 'meeting.open');
	expect(await reasonsAgainst({ ...file, records: [...file.records, ...more] })).toEqual(['superfluous']);
});

test('[BUNDLE-3] the whole chain of a phone that was ended is in it, and a missing link is named', async () => {
	const council = new Council('chains');
	const { corner, convener, as } = council;
	const lost = council.secondPhone(council.sun);
	const others = ['井盖', '车棚', '楼道灯'].map((title) => council.topic(title, lost));
	const cuts = cutsAtHeads(corner.ledger, [lost.device.key]);
	const target = corner.authorityOf(lost);
	corner.act(convener, (composer) => composer.add('device.revoke', { ...cited(as), target, cuts, reason: 'lost' }));
	const { outcome } = published(council);
	const file = fileOf(corner, outcome);
	const chain = corner.records.filter(({ by, scope }) => by === lost.device.key && scope === null);
	expect(file.records.map(({ id }) => id)).toEqual(expect.arrayContaining(chain.map(({ id }) => id)));
	expect(await reasonsAgainst(file)).toEqual([]);
	expect(await reasonsAgainst(without(file, ({ id }) => id === others[1]))).toEqual(['link-missing']);
});
