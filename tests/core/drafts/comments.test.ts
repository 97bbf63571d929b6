import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { mentionBegun, mentionsIn, offeredMentions, withMention } from '#core/drafts/mentions.ts';
import type { MemberId } from '#core/kernel/ids.ts';
import { addComment, readComments, removeComment, resolveComment } from '#lib/adapters/yjs/draft-comments.ts';
import { must } from '../../support/must.ts';

const member = (digit: string) => digit.repeat(64) as MemberId;
const [wang, li] = [member('1'), member('2')];
const PEOPLE = [
	{ member: wang, name: '王芳' },
	{ member: li, name: '王芳芳' },
	{ member: member('3'), name: '李𬭚' },
	{ member: member('4'), name: '' },
];
const said = (text: string, at: number) => ({ text, at, by: wang, quote: '收费', anchor: undefined, mentions: [li] });

test('[COMMENT-1] what two say offline about one draft is all there once they meet, oldest first', () => {
	const [one, two] = [new Y.Doc(), new Y.Doc()];
	addComment(one, 'b', said('太贵了', 2));
	addComment(two, 'a', { ...said('谁来管？', 1), anchor: { from: Uint8Array.of(1), to: Uint8Array.of(2) } });
	meet(one, two);
	expect(readComments(one)).toEqual(readComments(two));
	expect(readComments(one).map(({ text }) => text)).toEqual(['谁来管？', '太贵了']);
	expect(readComments(two)[0]).toMatchObject({
		by: wang,
		quote: '收费',
		mentions: [li],
		resolved: false,
		removed: false,
	});
});

test('[COMMENT-2] a comment is resolved and opened again, by whoever writes', () => {
	const [one, two] = [new Y.Doc(), new Y.Doc()];
	addComment(one, 'a', said('太贵了', 1));
	meet(one, two);
	resolveComment(two, 'a', true);
	meet(one, two);
	expect(readComments(one)[0]).toMatchObject({ text: '太贵了', resolved: true });
	resolveComment(one, 'a', false);
	expect(readComments(one)[0]).toMatchObject({ resolved: false });
});

test('[COMMENT-3] a comment taken back leaves its place and none of its words', () => {
	const doc = new Y.Doc();
	addComment(doc, 'a', said('说错了', 1));
	removeComment(doc, 'a');
	expect(readComments(doc)).toEqual([
		expect.objectContaining({ id: 'a', by: wang, at: 1, text: '', quote: '', mentions: [], removed: true }),
	]);
	expect(JSON.stringify(doc.getMap('comments').toJSON())).not.toContain('说错了');
});

test('[COMMENT-1] what is no comment of ours is not shown', () => {
	const doc = new Y.Doc();
	const root = doc.getMap('comments');
	root.set('a', 'text');
	root.set('b', new Y.Map([['text', 7]]));
	root.set('c', new Y.Map(Object.entries({ ...said('长'.repeat(3000), 1), anchor: { from: 1, to: 2 } })));
	addComment(doc, 'd', said('好的', 1));
	expect(readComments(doc).map(({ id }) => id)).toEqual(['d']);
});

test('[COMMENT-4] somebody is called by the whole name, the longer of two that begin alike', () => {
	expect(mentionsIn('@王芳芳 请看，还有@李𬭚。', PEOPLE)).toEqual([li, member('3')]);
	expect(mentionsIn('@王芳 @王芳', PEOPLE)).toEqual([wang]);
	expect(mentionsIn('王芳 a@b.cn @', PEOPLE)).toEqual([]);
});

test('[COMMENT-4] names are offered by their characters, and the chosen one takes their place', () => {
	expect(mentionBegun('请@')).toBe('');
	expect(mentionBegun('请@芳')).toBe('芳');
	expect(mentionBegun('请@王芳 看')).toBeUndefined();
	expect(offeredMentions('芳', PEOPLE).map(({ name }) => name)).toEqual(['王芳', '王芳芳']);
	expect(offeredMentions('𬭚', PEOPLE).map(({ name }) => name)).toEqual(['李𬭚']);
	expect(withMention('请@芳', '王芳')).toBe('请@王芳 ');
	expect(mentionsIn(withMention('@', must(PEOPLE[1]).name), PEOPLE)).toEqual([li]);
});

function meet(one: Y.Doc, two: Y.Doc): void {
	Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
	Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
}
