import { beforeEach, expect, test } from 'vitest';
import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { decide } from '../../support/outcome.ts';

let council: Council;
let topic: TopicId;
beforeEach(() => {
	council = new Council();
	topic = council.topic();
});

const steps = () => council.topicState(topic).stages.map(({ stage }) => stage);

/** A convener who writes past the screen, which would not offer it. */
function sign(stage: string, after: readonly RecordId[]): RecordId {
	const body = { as: must(council.as), topic, stage, considered: [], after };
	return council.corner.act(council.convener, (composer) => composer.add('topic.stage', body));
}

test('[PROC-4] a signed step that skips one has no weight', () => {
	sign('consultation', []);
	expect(steps()).toEqual([]);
	const study = sign('study', []);
	sign('committee-study', [study]);
	expect(steps()).toEqual(['study']);
});

test('[PROC-4] a signed step through a closed gate has no weight until the gate is opened', () => {
	const consultation = sign('consultation', [sign('study', [])]);
	const early = sign('committee-study', [consultation]);
	expect(steps()).toEqual(['consultation']);
	decide(council, topic);
	expect(council.topicState(topic).stages.map(({ id }) => id)).toEqual([early]);
});

test('[PROC-4] a step that follows a weightless one has none either, and neither has an unknown step', () => {
	const skipped = sign('consultation', []);
	sign('committee-study', [skipped]);
	sign('no-such-step', []);
	expect(steps()).toEqual([]);
});

test('[PROC-4] a text frozen anew does not undo a step that was rightly taken', () => {
	const consultation = sign('consultation', [sign('study', [])]);
	decide(council, topic);
	sign('committee-study', [consultation]);
	council.freeze(topic);
	expect(steps()).toEqual(['committee-study']);
});
