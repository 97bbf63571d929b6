import { expect, test } from 'vitest';
import { standingPublications, topicsUnderWay } from '#core/publication/selectors.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { Council } from '../../support/council.ts';

test('[PUB-7] a topic is under way until its outcome is public', () => {
	const { corner, topic } = tellElderDayCare();
	expect(standingPublications(corner.state).map((publication) => publication.topic)).toEqual([topic]);
	expect(topicsUnderWay(corner.state)).toEqual([]);
});

test('[PUB-7] topics under way come latest first', () => {
	const council = new Council();
	const [first, second] = [council.topic('加装电梯'), council.topic('垃圾分类')];
	expect(topicsUnderWay(council.corner.state)).toEqual([second, first]);
});
