import type { TopicId } from '#core/kernel/ids.ts';

/** The agenda with one item moved one place up or down; unchanged at the ends. */
export function moved(agenda: readonly TopicId[], topic: TopicId, by: -1 | 1): readonly TopicId[] {
	const from = agenda.indexOf(topic);
	const to = from + by;
	if (from < 0 || to < 0 || to >= agenda.length) return agenda;
	const rest = agenda.filter((id) => id !== topic);
	return [...rest.slice(0, to), topic, ...rest.slice(to)];
}

/** Ticking adds at the end; unticking takes out. */
export function toggled(agenda: readonly TopicId[], topic: TopicId, on: boolean): readonly TopicId[] {
	const rest = agenda.filter((id) => id !== topic);
	return on ? [...rest, topic] : rest;
}
