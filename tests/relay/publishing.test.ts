import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { approveMinutes, freezeMinutes, recordConsensus } from '#core/minutes/acts.ts';
import { freezeProposal } from '#core/proposals/acts.ts';
import { freezeText } from '#core/proposals/text.ts';
import { publishOutcome } from '#core/publication/acts.ts';
import { openTopic } from '#core/topics/acts.ts';
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
	const publish = corner.act(people.chen, (composer, as) => {
		publishOutcome(composer, as, { topic, text, minutes, consensus, close: undefined }, []);
	});
	const second = assent(corner, 'zhang', publish.ids[0] as RecordId);
	return { before: [opening, freezing, ...assents, settling], publish, second };
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
