import type { PollId } from '#core/kernel/ids.ts';
import type { Workspace } from './workspace.svelte.ts';

/**
 * Tellers, witnesses and whoever opened a vote keep its ballots; a voter's phone only its own (LEDGER 5). REACH-5: one
 * that carries keeps them all.
 */
export function keptPolls({ state, me, carries }: Pick<Workspace, 'state' | 'me' | 'carries'>): readonly PollId[] {
	if (me === undefined) return [];
	const polls = [...state.polls.values()];
	const kept = polls.filter(
		({ tellers, stations, openedBy }) => carries || [...tellers, ...stations, openedBy].includes(me),
	);
	return kept.map(({ id }) => id);
}
