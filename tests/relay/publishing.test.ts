import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { BlobHash, RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { approveMinutes, freezeMinutes, recordConsensus } from '#core/minutes/acts.ts';
import { freezeProposal } from '#core/proposals/acts.ts';
import { freezeText } from '#core/proposals/text.ts';
import { correctOutcome, publishOutcome, withdrawOutcome } from '#core/publication/acts.ts';
import { openTopic } from '#core/topics/acts.ts';
import { Grid } from '../../server/relay/grids.ts';
import { duePublications } from '../../server/relay/publishing.ts';
import type { Act, RelayCorner } from '../support/relay-people.ts';
import { admitTo, cornerWithWang, people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

const PROCEDURE = new URL('../../src/core/procedures/library/five-step-consultation.json', import.meta.url);

test('[RELAY-32] an outcome is public in the moment its publish record stands, and keeps its versions', async () => {
	const founded = await cornerWithWang();
	const { corner, chen, store } = founded;
	const { before, publish, second } = await readyToPublish(founded);
	for (const act of before) await chen.bring(act);
	await chen.bring(publish);
	expect(await store.listPublications()).toEqual([]);

	await chen.bring(second);
	const [row] = await store.listPublications();
	expect(row).toMatchObject({ version: 1, grid: corner.grid, publish: publish.ids[0] });
	expect(JSON.parse(row?.json ?? '')).toMatchObject({ slug: row?.slug, title: '加装电梯' });
	expect(row?.json).not.toContain(people.zhang.name);
	expect(await store.readPublication(row?.slug ?? '')).toEqual(row);
});

test('[RELAY-33] an outcome whose text is still missing becomes public when the last blob arrives', async () => {
	const founded = await cornerWithWang();
	const { chen, store } = founded;
	const { before, publish, second } = await readyToPublish(founded);
	const acts = [...before, publish, second];
	for (const act of acts) {
		chen.offer(act.wires);
		for (const id of act.ids) await chen.verdictOn(id, '');
	}
	const blobs = acts.flatMap((act) => act.blobs);
	for (const bytes of blobs.slice(1)) chen.sendBlob(bytes);
	await chen.ledgerMessage(
		(message) => message.t === 'blob-ack' && message.hash === blobHash(blobs.at(-1) as Uint8Array),
	);
	expect(await store.listPublications()).toEqual([]);
	chen.sendBlob(blobs[0] as Uint8Array);
	await eventually(async () => expect(await store.listPublications()).toHaveLength(1));
});

test('[PUB-8] [PUB-9] a correction is one more version, and a withdrawal leaves nothing but its reason', async () => {
	const founded = await cornerWithWang();
	const { corner, chen, store } = founded;
	const { before, publish, second, parts } = await readyToPublish(founded);
	for (const act of [...before, publish, second]) await chen.bring(act);
	const stored = async () => {
		const [row, ...others] = await store.listPublications();
		expect(others).toEqual([]);
		return { version: row?.version, publish: row?.publish, ...JSON.parse(row?.json ?? '{}') };
	};
	const first = await stored();

	const correcting = corner.act(people.chen, (composer, as) => {
		correctOutcome(composer, as, parts, '楼号写错了', publish.ids, []);
	});
	await chen.bring(correcting);
	expect(await stored()).toEqual(first);
	await chen.bring(assent(corner, 'zhang', correcting.ids[0] as RecordId));
	expect(await stored()).toMatchObject({
		...{ version: 2, slug: first.slug, publish: correcting.ids[0] },
		history: [{ what: 'corrected', reason: '楼号写错了' }],
	});

	const taking = corner.act(people.chen, (composer, as) => {
		withdrawOutcome(composer, as, parts.topic, '写了电话', correcting.ids);
	});
	await chen.bring(taking);
	const left = await stored();
	expect(left).toMatchObject({ version: 3, slug: first.slug, withdrawn: { reason: '写了电话' } });
	expect(JSON.stringify(left)).not.toContain('方案');

	const again = corner.act(people.chen, (composer, as) => publishOutcome(composer, as, parts, taking.ids, []));
	await chen.bring(again);
	expect(await stored()).toEqual(left);
	await chen.bring(assent(corner, 'zhang', again.ids[0] as RecordId));
	expect(await stored()).toMatchObject({ version: 4, title: '加装电梯', history: [{ what: 'withdrawn' }] });
});

test('[PUB-9] [PUB-10] what has no right to it changes no public page', async () => {
	const founded = await cornerWithWang();
	const { corner, chen, store } = founded;
	const { before, publish, second, parts } = await readyToPublish(founded);
	for (const act of [...before, publish, second]) await chen.bring(act);
	const rows = await store.listPublications();

	const byMember = corner.act(people.wang, (composer) => {
		correctOutcome(composer, undefined, parts, '我来改', publish.ids, []);
		withdrawOutcome(composer, undefined, parts.topic, '不好看', publish.ids);
	});
	chen.offer(byMember.wires);
	for (const id of byMember.ids) await chen.verdictOn(id, 'not-permitted');

	const elsewhere = corner.act(people.chen, (composer, as) => {
		const json = readFileSync(PROCEDURE, 'utf8');
		const other = openTopic(composer, {
			...{ title: '停车位', source: 'resident' },
			procedure: { id: 'five-step-consultation', version: '1', json },
		});
		withdrawOutcome(composer, as, other, '与我无关', publish.ids);
		correctOutcome(composer, as, { ...parts, topic: other }, '与我无关', publish.ids, []);
	});
	await chen.bring(elsewhere);
	await chen.bring(assent(corner, 'zhang', elsewhere.ids[2] as RecordId));
	expect(await store.listPublications()).toEqual(rows);
});

test('[RELAY-51] a publication that no teller has seconded costs no fold, however often structure changes', async () => {
	const founded = await cornerWithWang();
	const { corner } = founded;
	const { publish, second } = await readyToPublish(founded);
	const upTo = (last: RecordId) => {
		const records = corner.story.records;
		return records.slice(0, records.findIndex(({ id }) => id === last) + 1);
	};
	expect(blobsReadFor(corner, upTo(publish.ids[0] as RecordId))).toBe(0);
	const byMember = assent(corner, 'wang', publish.ids[0] as RecordId);
	const unseconded = corner.story.records.filter(({ id }) => id !== second.ids[0]);
	expect(unseconded.map(({ id }) => id)).toContain(byMember.ids[0]);
	expect(blobsReadFor(corner, unseconded)).toBe(0);
	expect(blobsReadFor(corner, upTo(second.ids[0] as RecordId))).toBeGreaterThan(0);
});

/** How many blobs a relay that holds these records reads to find what is due: none if it need not fold. */
function blobsReadFor(corner: RelayCorner, records: readonly LedgerRecord[]): number {
	const grid = new Grid(corner.grid);
	records.forEach((record) => grid.add(record));
	let read = 0;
	const counting = Object.assign(grid, { blob: (hash: BlobHash) => (read++, corner.story.blob(hash)) });
	duePublications(counting, 0);
	return read;
}

/** Everything from topic to publication by consensus; Zhang, a teller, seconds it. */
async function readyToPublish(founded: Awaited<ReturnType<typeof cornerWithWang>>) {
	const { corner, chen } = founded;
	await admitTo(founded, people.zhang);
	await chen.bring(corner.grant(people.zhang, 'teller'));
	const opening = corner.act(people.chen, (composer) => {
		const json = readFileSync(PROCEDURE, 'utf8');
		const procedure = { id: 'five-step-consultation', version: '1', json };
		openTopic(composer, { title: '加装电梯', source: 'resident', procedure });
	});
	const topic = opening.ids[0] as RecordId;
	const freezing = corner.act(people.chen, (composer, as) => {
		const found = corner.story.state.topics.get(topic);
		if (!found) throw new Error('The topic was opened');
		freezeProposal(composer, as, found, textOf('方案'), 'ab'.repeat(32));
		freezeMinutes(composer, as, topic, textOf('纪要'), []);
	});
	const [text, minutes] = freezing.ids as [RecordId, RecordId];
	const assents = [text, minutes].flatMap((target) => [
		assent(corner, 'wang', target),
		assent(corner, 'zhang', target),
	]);
	const settling = corner.act(people.chen, (composer, as) => {
		const considered = assents.flatMap(({ ids }) => ids);
		recordConsensus(composer, as, topic, text, considered);
		const frozen = corner.story.state.minutes.get(minutes);
		if (frozen) approveMinutes(composer, as, frozen);
	});
	const consensus = settling.ids[0] as RecordId;
	const parts = { topic, text, minutes, consensus, close: undefined };
	const publish = corner.act(people.chen, (composer, as) => publishOutcome(composer, as, parts, [], []));
	const second = assent(corner, 'zhang', publish.ids[0] as RecordId);
	return { before: [opening, freezing, ...assents, settling], publish, second, parts };
}

function assent(corner: RelayCorner, name: 'wang' | 'zhang', target: RecordId): Act {
	return corner.act(people[name], (composer) => void composer.add('cosign', { target, kind: 'approve' }));
}

function textOf(words: string): Uint8Array {
	const paragraph = { type: 'paragraph', content: [{ type: 'text', text: words }] };
	const frozen = freezeText({ type: 'doc', content: [paragraph] });
	if (!frozen.ok) throw new Error(frozen.error);
	return frozen.value;
}
