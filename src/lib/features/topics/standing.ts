import type { CornerState } from '#core/ledger/fold.ts';
import { consensusAsked } from '#core/minutes/consensus-rules.ts';
import type { Procedure } from '#core/procedures/definition.ts';
import { pendingPublication } from '#core/publication/amending.ts';
import { publicFace } from '#core/publication/selectors.ts';
import { currentStep, minutesOf, openGates, pollsOf } from '#core/topics/selectors.ts';
import type { TOPIC_SOURCES } from '#core/topics/records.ts';
import type { Topic } from '#core/topics/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { stepName } from '#lib/i18n/steps.ts';

/** Where a topic stands, as people would say it. */
export type Standing =
	| 'writing'
	| 'frozen'
	| 'agreeing'
	| 'voting'
	| 'counting'
	| 'not-passed'
	| 'decided'
	| 'recorded'
	| 'seconding'
	| 'published'
	| 'withdrawn';

export function standingOf(state: CornerState, topic: Topic): Standing {
	const face = publicFace(state, topic.id);
	if (face?.shows === 'publication') return 'published';
	if (pendingPublication(state, topic.id)) return 'seconding';
	if (face) return 'withdrawn';
	const gates = openGates(state, topic);
	if (gates.has('minutes-approved') && gates.has('decided')) return 'recorded';
	if (gates.has('decided')) return 'decided';
	const polls = pollsOf(state, topic.id).filter(({ text }) => topic.texts.some(({ id }) => id === text));
	if (polls.some(({ status }) => status === 'open')) return 'voting';
	if (polls.some(({ status }) => status === 'closed')) return 'counting';
	if (polls.some(({ status }) => status === 'certified')) return 'not-passed';
	if (consensusAsked(state, topic)) return 'agreeing';
	return topic.texts.length > 0 ? 'frozen' : 'writing';
}

/** Claimed milliseconds of the last thing that happened to it; for display. */
export function lastChange(state: CornerState, topic: Topic): number {
	const polls = pollsOf(state, topic.id);
	const told = [...state.publications.values(), ...state.withdrawals.values(), ...state.consensus.values()];
	const own = told.filter(({ topic: id }) => id === topic.id);
	const all = [topic, ...topic.history, ...topic.texts, ...polls, ...own];
	return Math.max(...all.map(({ at }) => at));
}

export const hasMinutes = (state: CornerState, topic: Topic): boolean => minutesOf(state, topic.id).length > 0;

const SOURCES: Readonly<Record<(typeof TOPIC_SOURCES)[number], () => string>> = {
	resident: m.topic_source_resident,
	'grid-worker': m.topic_source_grid_worker,
	'topic-call': m.topic_source_topic_call,
	superior: m.topic_source_superior,
};

/** A newer version may know sources that this one does not. */
export const sourceName = (source: string): string => SOURCES[source as keyof typeof SOURCES]?.() ?? source;

const WORDS: Readonly<Record<Standing, () => string>> = {
	writing: m.topic_now_writing,
	frozen: m.topic_now_frozen,
	agreeing: m.topic_now_agreeing,
	voting: m.topic_now_voting,
	counting: m.topic_now_counting,
	'not-passed': m.topic_now_not_passed,
	decided: m.topic_now_decided,
	recorded: m.topic_now_recorded,
	seconding: m.topic_now_seconding,
	published: m.topic_now_published,
	withdrawn: m.topic_now_withdrawn,
};

/** One sentence: what is going on and who moves next. */
export const standingSentence = (standing: Standing): string => WORDS[standing]();

/** The state word: the step, unless something more telling is going on. */
export function standingTag(standing: Standing, topic: Topic, procedure: Procedure | undefined) {
	if (standing === 'voting') return { label: m.topic_tag_voting(), tone: 'brand' } as const;
	if (standing === 'agreeing') return { label: m.topic_tag_agreeing(), tone: 'brand' } as const;
	if (standing === 'withdrawn') return { label: m.topic_tag_withdrawn(), tone: 'warn' } as const;
	if (standing === 'published') return { label: m.topic_tag_published(), tone: 'ok', done: true } as const;
	const current = procedure && currentStep(topic, procedure);
	const step = procedure?.steps.find(({ id }) => id === current);
	return { label: step ? stepName(step) : m.topic_tag_unknown() } as const;
}
