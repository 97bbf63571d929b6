import type { PublicDocument, PublicVote } from '#core/publication/document.ts';
import { voteSentences, voteTag } from '#lib/i18n/choices.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

type Decided = PublicDocument['decided'];

/** Whether something was adopted: a public page says as plainly that nothing was. */
export const isAdopted = (decided: Decided): boolean =>
	decided.by === 'consensus' || decided.decision.outcome === 'passed';

/** 不保留, as a tag. */
export function decisionTag(decided: Decided): string {
	if (decided.by === 'consensus') return m.publication_consensus_tag();
	return keepWords(decided)?.tag() ?? voteTag(decided);
}

/** What came of it, and the numbers it rests on. */
export function decisionSentences(decided: Decided): readonly [outcome: string, how: string] {
	if (decided.by === 'consensus') return [m.publication_consensus(), m.publication_consensus_what()];
	const [outcome, counts] = voteSentences(decided);
	return [keepWords(decided)?.sentence() ?? outcome, counts];
}

/** After a trial the answer is what becomes of the thing that was tried. */
function keepWords({ asksToKeep, decision }: PublicVote) {
	if (!asksToKeep) return undefined;
	if (decision.outcome === 'passed') return { tag: m.publication_kept_tag, sentence: m.publication_kept };
	if (decision.outcome === 'not-passed') return { tag: m.publication_not_kept_tag, sentence: m.publication_not_kept };
	return undefined;
}
