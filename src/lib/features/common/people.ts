import type { MemberId } from '#core/kernel/ids.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

/** A shorter list is read faster than a word is typed. */
export const SEARCHED_ABOVE = 20;

/** What somebody can be looked for by: name, building, title. */
export function wordsOn(workspace: Workspace, member: MemberId): string {
	const card = workspace.card(workspace.state.roster.members.get(member)?.card);
	return [card?.name, card?.building, card?.title].filter(Boolean).join(' ');
}

/** Whether all that was typed, in whatever order, is in these words. */
export const isWanted = (words: string, wanted: string): boolean =>
	wanted
		.toLowerCase()
		.split(/\s+/)
		.every((word) => words.toLowerCase().includes(word));

export interface PersonOption {
	readonly value: MemberId;
	readonly label: string;
	readonly words: string;
}

/** By name; whoever shares a name with another is told apart by the building. */
export function personOptions(workspace: Workspace, members: readonly MemberId[]): readonly PersonOption[] {
	const named = members.map((value) => ({ value, name: workspace.nameOf(value), words: wordsOn(workspace, value) }));
	const shared = new Set(named.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) < index));
	return named
		.map(({ value, name, words }) => ({ value, words, label: shared.has(name) ? words : name }))
		.sort((a, b) => a.label.localeCompare(b.label, 'zh'));
}
