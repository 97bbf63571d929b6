import { expect, test } from 'vitest';
import { parseUnfinished } from '#lib/adapters/founding-form.ts';

const remembered = {
	code: 'a-founding-code',
	nonce: 'ab'.repeat(16),
	name: '翡翠郡议事角',
	kind: 'residential',
	card: { name: '王芳', building: '1号楼' },
	cofounders: [{ key: 'cd'.repeat(32), name: '李建国' }],
	quorum: 2,
};

test('an unfinished founding is read as it was remembered', () => {
	expect(parseUnfinished(JSON.stringify(remembered))).toEqual(remembered);
});

test('what another version or another hand left there is no unfinished founding', () => {
	const [li] = remembered.cofounders;
	const wrongs = [
		{ nonce: 'ab' },
		{ kind: 'castle' },
		{ quorum: 6 },
		{ cofounders: Array(5).fill(li) },
		{ cofounders: [{ key: 'CD'.repeat(32), name: '李建国' }] },
		{ more: 1 },
	].map((wrong) => JSON.stringify({ ...remembered, ...wrong }));
	for (const wrong of [undefined, '', '{', 'null', '[]', ...wrongs])
		expect([wrong, parseUnfinished(wrong)]).toEqual([wrong, undefined]);
});
