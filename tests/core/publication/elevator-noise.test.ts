import { expect, test } from 'vitest';
import { publicPage } from '#core/publication/page.ts';
import { reviewOutcome } from '#core/publication/review.ts';
import { publicFace } from '#core/publication/selectors.ts';
import { tellElevatorNoise } from '../../../server/cli/scenario/elevator-noise.ts';
import { must } from '../../support/must.ts';

const { corner, topic, consensus } = tellElevatorNoise();
const { state, ledger, blob } = corner;
const face = must(publicFace(state, topic));
const page = publicPage({ state, ledger, blobs: blob }, face);

test('[CONS-4] the elevator case is public without a vote, with what the report tells', () => {
	expect(state.consensus.get(consensus)).toMatchObject({ stands: true, dissent: [], unheard: [] });
	expect(page.ok && page.value).toMatchObject({
		step: 'feedback',
		decided: { by: 'consensus', agreed: 6, dissent: 0, unheard: 0, replies: [] },
	});
	for (const fact of ['导向轮', '55分贝以内', '6月18日', '加大检查频次']) expect(JSON.stringify(page)).toContain(fact);
	expect([...state.polls]).toEqual([]);
});

test('[PUB-11] nothing in it should give anybody pause', () => {
	expect(face.shows === 'publication' && reviewOutcome({ state, ledger, blobs: blob }, face.publication)).toEqual([]);
});
