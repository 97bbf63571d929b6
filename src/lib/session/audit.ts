import type { PollId } from '#core/kernel/ids.ts';
import { auditClosing, scopeHash, type Audit } from '#core/polls/audit.ts';
import { shownClosing } from '#core/polls/selectors.ts';
import type { CornerView } from './corner-view.svelte.ts';

/** The recount of a poll's last closing, from the ballots held here. Call `follow` first. */
export function auditOf(view: CornerView, poll: PollId): Audit | undefined {
	void view.revision;
	const held = view.state.polls.get(poll);
	const closing = held && shownClosing(held);
	return held && closing && auditClosing(view.standing, held, closing);
}

/** The state hash of a poll's scope as held here. */
export function scopeHashOf(view: CornerView, poll: PollId): string | undefined {
	void view.revision;
	const held = view.state.polls.get(poll);
	return held && scopeHash(view.ledger, view.standing, held);
}
