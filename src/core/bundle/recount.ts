import type { TopicId } from '../kernel/ids.ts';
import { decodeTextBlob, type BlobSource } from '../ledger/blobs.ts';
import type { CornerState } from '../ledger/fold.ts';
import { forksIn } from '../ledger/forks.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Consensus } from '../minutes/state.ts';
import type { PublicConsensus } from '../publication/document.ts';
import { isOvertaken } from '../publication/deciding.ts';
import type { EditionRecord } from '../publication/ground.ts';
import type { Grid } from '../roster/state.ts';
import type { Standing } from '../validity/standing.ts';
import type { Fault, Recounted } from './fault.ts';
import { recountVotes, type RecountedVote, type VoteFault } from './recount-vote.ts';

/** What is wrong with the outcome itself, as everybody who holds the file can see. */
export type OutcomeFault =
	| VoteFault
	| 'outcome-does-not-stand'
	| 'outcome-withdrawn'
	| 'outcome-replaced'
	| 'outcome-overtaken'
	| 'decision-missing'
	| 'consensus-does-not-stand';

/** What counting again gives. */
export interface OutcomeReport {
	readonly grid: Pick<Grid, 'id' | 'name'> | undefined;
	readonly topic: TopicId;
	/** undefined while its blob is not held. */
	readonly title: string | undefined;
	/** Its numbers are counted anew. undefined where the decision is missing. */
	readonly decided: RecountedVote | PublicConsensus | undefined;
	/** Places in chains where a device wrote twice. */
	readonly forks: number;
	/** Endings of rights that the decision did not know of. */
	readonly laterEndings: number;
}

/** BUNDLE-4: counts again what a publication rests on, and says whether it stands. */
export function recountOutcome(
	ledger: Ledger,
	standing: Standing,
	state: CornerState,
	edition: EditionRecord,
): Pick<Recounted<OutcomeReport, OutcomeFault>, 'decided' | 'faults'> {
	const { decided, faults, revs } = recountDecision(standing, state, edition);
	const opened = state.topics.get(edition.body.topic);
	const report: OutcomeReport = {
		...{ topic: edition.body.topic, grid: state.roster.grid, decided },
		title: opened && decodeTextBlob(standing.blobs(opened.title)),
		forks: forksIn(ledger.all()).length,
		laterEndings: standing.revocations.filter(({ id }) => !revs.includes(id)).length,
	};
	return { decided: report, faults: [...publicationFaults(state, edition), ...faults] };
}

function recountDecision(
	standing: Standing,
	state: CornerState,
	{ body }: EditionRecord,
): Recounted<OutcomeReport['decided'], OutcomeFault> {
	const poll = [...state.polls.values()].find(({ closings }) => closings.some(({ id }) => id === body.close));
	const closing = poll?.closings.find(({ id }) => id === body.close);
	if (poll && closing) {
		const recounted: Recounted<RecountedVote, OutcomeFault> = recountVotes(standing, state.polls, poll, closing);
		const overtaken = isOvertaken(state, poll) ? [fault('outcome-overtaken', closing.id)] : [];
		return { ...recounted, faults: [...overtaken, ...recounted.faults] };
	}
	const consensus = body.consensus === undefined ? undefined : state.consensus.get(body.consensus);
	const revs = standing.ledger.find(body.consensus, 'consensus')?.body.revs ?? [];
	if (consensus) return { ...recountConsensus(standing.blobs, consensus), revs };
	return { decided: undefined, faults: [fault('decision-missing', body.close ?? body.consensus)], revs };
}

/** BUNDLE-9: what was settled without a vote has the same numbers as in public. */
function recountConsensus(
	blobs: BlobSource,
	{ id, agreed, dissent, unheard, stands }: Consensus,
): Omit<Recounted<PublicConsensus, OutcomeFault>, 'revs'> {
	const replies = dissent.flatMap((one) => one.replies.flatMap(({ words }) => decodeTextBlob(blobs(words)) ?? []));
	const counts = { agreed: agreed.length, dissent: dissent.length, unheard: unheard.length };
	const faults = stands ? [] : [fault('consensus-does-not-stand', id)];
	return { decided: { by: 'consensus', ...counts, replies }, faults };
}

function publicationFaults({ publications }: CornerState, { id }: EditionRecord): readonly Fault<OutcomeFault>[] {
	const publication = publications.get(id);
	if (!publication?.stands) return [fault('outcome-does-not-stand', id)];
	if (publication.hiddenBy !== undefined) return [fault('outcome-withdrawn', publication.hiddenBy)];
	return publication.current ? [] : [fault('outcome-replaced', id)];
}

function fault<Code extends string>(code: Code, ...names: readonly (string | undefined)[]): Fault<Code> {
	return { code, names: names.filter((name) => name !== undefined) };
}
