import { currentLocale } from '#lib/i18n/locale.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

/** Everybody who could come, by building and then by name, as a roll is called. */
export function callList(workspace: Workspace) {
	const { compare } = new Intl.Collator(currentLocale(), { numeric: true });
	return [...workspace.state.roster.members.values()]
		.map(({ id, card }) => ({ id, name: workspace.nameOf(id), note: workspace.card(card)?.building ?? '' }))
		.sort((a, b) => compare(a.note, b.note) || compare(a.name, b.name));
}
