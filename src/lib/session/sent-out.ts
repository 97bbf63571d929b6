import type { Ending } from '#core/roster/state.ts';
import type { Workspace } from './workspace.svelte.ts';

/** By what this phone lost its right to write; `unknown` where it was not ended itself, but what brought it in was. */
export type SentOut = Ending | 'unknown';

/** PEOPLE-6: set once this phone was a member's and is no more. It never writes again under its key. */
export function sentOutBy({ ledger, state, corner, me }: Workspace): SentOut | undefined {
	const { revoked, former, unapproved } = state.roster;
	const own = ledger.ofType('device.add').find(({ body }) => body.key === corner.key);
	if (!own || me !== undefined || unapproved.some(({ key }) => key === corner.key)) return undefined;
	const device = revoked.find(({ key }) => key === corner.key);
	return device?.endings[0] ?? former.get(own.body.member)?.endings[0] ?? 'unknown';
}

/** Also where the relay sends this phone away and the reason is not held here. Such a phone may come in anew. */
export function isSentOut(workspace: Workspace | null | undefined): boolean {
	if (!workspace) return false;
	return sentOutBy(workspace) !== undefined || isRefused(workspace);
}

/** The relay will not have this phone any more, and did not say by what. */
export const isRefused = ({ me, relays }: Workspace): boolean => me !== undefined && relays.best === 'forbidden';
