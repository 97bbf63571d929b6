import type { TopicId } from '#core/kernel/ids.ts';
import { currentLocale } from '#lib/i18n/locale.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

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

/** A topic as it stands on an agenda: its title and the step it is in. */
export interface AgendaItem {
	readonly id: TopicId;
	readonly title: string;
	readonly step: string;
}

export function agendaItem(workspace: Workspace, id: TopicId): AgendaItem {
	const step = workspace.stepOf(id);
	const name = workspace.procedureOf(id)?.steps.find((one) => one.id === step)?.name;
	return { id, title: workspace.titleOf(id), step: name?.[currentLocale()] ?? '' };
}
