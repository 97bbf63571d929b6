import { expect, test } from 'vitest';
import { spareBlobs } from '#core/bundle/spare-blobs.ts';
import type { BlobHash, RecordId, TopicId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { foldLedger } from '#core/ledger/fold.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { stateHash } from '#core/ledger/state-hash.ts';
import { readFile } from '../../compat/golden.ts';
import { Council, frozen } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, decide, publish } from '../../support/outcome.ts';

const hashOf = (words: string): BlobHash => blobHash(frozen(words));

test('[DEV-10] minutes and texts of what is public are spared, those published first before the others, and of nothing else', () => {
	const council = new Council('spare');
	const [lift, parking] = [council.topic('加装电梯'), council.topic('停车位')];
	outcomeOf(council, parking, '划十个车位。');
	outcomeOf(council, lift, '在二单元加装电梯。');
	council.freeze(council.topic('晾衣杆'), '装在东墙。');
	// Both minutes say the same words: what another record needs goes with the last that needs it.
	const spared = [hashOf('同意加装电梯。'), hashOf('划十个车位。'), hashOf('在二单元加装电梯。')];
	expect(spareOf(council)).toEqual(spared);
	council.poll(lift);
	expect(spareOf(council)).toEqual([hashOf('划十个车位。')]);
});

test('[DEV-10] what is unsent, or named by something unsent, is kept; so is what another record names', () => {
	const council = new Council('spare');
	const topic = council.topic();
	const { text } = outcomeOf(council, topic, '在二单元加装电梯。');
	const [minutes, words] = [hashOf('同意加装电梯。'), hashOf('在二单元加装电梯。')];
	expect(spareOf(council, [text])).toEqual([minutes]);
	expect(spareOf(council, [minutes])).toEqual([words]);
	council.freeze(council.topic('二期'), '在二单元加装电梯。');
	expect(spareOf(council)).toEqual([minutes]);
});

test.each(['elder-day-care', 'elevator-noise'] as const)(
	'[DEV-10] the records of %s fold to the same state without what is spared',
	(name) => {
		const { records, blobs } = readFile(name);
		const ledger = new Ledger();
		for (const record of records) ledger.add(record);
		const held = new Map(blobs.map((bytes) => [blobHash(bytes), bytes]));
		const state = foldLedger(ledger, (hash) => held.get(hash));
		for (const hash of spareBlobs({ ledger, state, unsent: new Set() })) expect(held.delete(hash)).toBe(true);
		expect(stateHash(foldLedger(ledger, (hash) => held.get(hash)))).toBe(stateHash(state));
		expect(held.size).toBeLessThan(blobs.length);
	},
);

function spareOf({ corner }: Council, unsent: readonly string[] = []): readonly BlobHash[] {
	return spareBlobs({ ledger: corner.ledger, state: corner.state, unsent: new Set(unsent) });
}

/** Decided, minuted, published and cosigned. */
function outcomeOf(council: Council, topic: TopicId, words: string): { readonly text: RecordId } {
	const text = council.freeze(topic, words);
	const { close } = decide(council, topic, text);
	const id = publish(council, { topic, text, minutes: agreedMinutes(council, topic), close, consensus: undefined });
	council.cosign(council.chen, must(id), 'approve');
	return { text };
}
