import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { shortHash, type BlobHash, type DeviceKey, type MemberId } from '#core/kernel/ids.ts';
import { plainText, readText, textOf, type RichText } from '#core/proposals/text.ts';
import { DraftDocument } from '#lib/adapters/yjs/draft-document.ts';
import type { PastEdit } from '#lib/adapters/yjs/draft-history.ts';
import { nameVersion } from '#lib/adapters/yjs/named-versions.ts';
import { versionsOf } from '#lib/session/drafts/draft-versions.ts';
import { frozenVersions } from '#lib/session/drafts/frozen-versions.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { must } from '../../support/must.ts';

const MINUTE = 60_000;
const [wang, li] = ['1'.repeat(64) as DeviceKey, '2'.repeat(64) as DeviceKey];
const LONG = '日间照料中心由专业机构统一管理，收费每年公布一次。';

/** A draft, and everything that is written in it as the relay would remember it. */
function remembered() {
	const draft = new DraftDocument();
	const edits: PastEdit[] = [];
	let [minute, author] = [0, wang];
	draft.onUpdate((update) => edits.push({ at: minute * MINUTE, author, update }));
	const write = (at: number, by: DeviceKey, ...paragraphs: readonly string[]) => {
		[minute, author] = [at, by];
		return draft.restore(textOf(...paragraphs));
	};
	const name = (at: number, words: string) => {
		minute = at;
		const version = { name: words, at: at * MINUTE, by: li as string as MemberId, snapshot: draft.snapshot() };
		nameVersion(draft.doc, words, version);
	};
	return { draft, edits, write, name };
}

const words = (versions: readonly { readonly text: RichText }[]) => versions.map(({ text }) => plainText(text));

test('[VERSION-1] each sitting leaves its text, latest first, with who wrote and when', () => {
	const { edits, write } = remembered();
	write(0, wang, '一');
	write(5, li, '二');
	write(60, li, '三');
	const versions = versionsOf(edits);
	expect(words(versions)).toEqual(['三', '二']);
	expect(versions.map(({ writers }) => writers)).toEqual([[li], [wang, li]]);
	expect(versions.map(({ from, to }) => [from / MINUTE, to / MINUTE])).toEqual([
		[60, 60],
		[0, 5],
	]);
});

test('[VERSION-1] what was there right before much was taken away is kept, even within a sitting', () => {
	const { edits, write } = remembered();
	write(0, wang, LONG);
	write(1, li);
	const [last, ...more] = versionsOf(edits);
	expect(more).toEqual([]);
	expect(last).toMatchObject({ kind: 'before-removal', text: textOf(LONG), writers: [wang] });
});

test('[VERSION-1] what is taken away little by little is there too, as it was at its fullest', () => {
	const { draft, edits } = remembered();
	const paragraph = new Y.XmlText();
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [paragraph]);
	draft.doc.getXmlFragment('text').insert(0, [element]);
	paragraph.insert(0, LONG);
	while (paragraph.length > 2) paragraph.delete(0, 2);
	expect(words(versionsOf(edits))).toContain(LONG);
});

test('[VERSION-2] a name stays with the text it was given to, whatever is written and thrown away later', () => {
	const { edits, write, name } = remembered();
	write(0, wang, LONG, '第二段');
	name(1, '会前稿');
	write(2, li, '别的');
	write(200, li, '又是别的');
	const named = must(versionsOf(edits).find(({ kind }) => kind === 'named'));
	expect(named).toMatchObject({ name: '会前稿', namedBy: li, text: textOf(LONG, '第二段') });
});

test('[VERSION-2] what claims to be a name and is none is left out', () => {
	const { draft, edits } = remembered();
	const names = draft.doc.getMap('versions');
	names.set('a', 7);
	names.set('b', { name: '', at: 0, by: '', snapshot: Uint8Array.of(0, 0) });
	names.set('c', { name: '坏的', at: 1, by: 'x', snapshot: Uint8Array.of(9, 9, 9) });
	names.set('d', { name: '远的', at: 1, by: 'x', snapshot: Y.encodeSnapshot(Y.snapshot(foreign())) });
	expect(versionsOf(edits)).toEqual([]);
});

test('[VERSION-3] going back is one step, erases nothing, and is undone in one step', () => {
	const { draft, edits, write } = remembered();
	write(0, wang, LONG);
	write(60, li, '乱写的');
	const before = edits.length;
	const undo = write(120, wang, LONG);
	expect(edits).toHaveLength(before + 1);
	expect(words(versionsOf(edits))).toEqual([LONG, '乱写的', LONG]);
	undo();
	expect(plainText(draft.text())).toBe('乱写的');
});

test('[VERSION-3] a text comes back with its headings, lists and marks', () => {
	const rich = {
		type: 'doc',
		content: [
			{ type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: '收费' }] },
			{
				type: 'orderedList',
				attrs: { start: 2 },
				content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: '每年' }] }] }],
			},
			{
				type: 'paragraph',
				content: [
					{ type: 'text', text: '公布' },
					{ type: 'text', text: '一次', marks: [{ type: 'bold' }, { type: 'italic' }] },
					{ type: 'hardBreak' },
					{ type: 'text', text: '𬭚' },
				],
			},
		],
	} as const satisfies RichText;
	const { draft } = remembered();
	draft.restore(rich);
	expect(draft.text()).toEqual(rich);
});

test('[VERSION-1] whatever a draft holds is read as a text of ours', () => {
	const { draft } = remembered();
	const fragment = draft.doc.getXmlFragment('text');
	const deep = new Y.XmlElement('listItem');
	fragment.insert(0, [deep, new Y.XmlElement('script'), new Y.XmlText('词')]);
	for (let element = deep, depth = 0; depth < 200; depth++) {
		const inner = new Y.XmlElement('listItem');
		element.insert(0, [inner]);
		element = inner;
	}
	deep.setAttribute('level', '__proto__');
	expect(JSON.stringify(draft.text())).not.toContain('script');
	expect(draft.text().type).toBe('doc');
});

test('[VERSION-5] a frozen text is a version, with its short hash, and so are frozen minutes', () => {
	const { corner, topic } = tellElderDayCare();
	const held = {
		...{ state: corner.state, ledger: corner.ledger },
		textOf: (hash: BlobHash | undefined) => hash && readText(corner.blob(hash)),
	};
	const [proposal] = frozenVersions(held, 'topic', topic);
	expect(proposal).toMatchObject({
		kind: 'frozen',
		name: shortHash(must(held.state.topics.get(topic)?.texts[0]).blob),
	});
	expect(plainText(must(proposal).text)).toContain('照料');
	expect(frozenVersions(held, 'minutes', topic)).toHaveLength(1);
});

function foreign(): Y.Doc {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, '别处的');
	return doc;
}
