import type { MemberId, PollId, RecordId } from '../kernel/ids.ts';
import { given, type Composer } from '../ledger/composer.ts';
import type { Choice } from './records.ts';

/** What somebody wants; `unit` where the voter is in several. */
export interface BallotWish {
	readonly choice: Choice;
	readonly picks?: readonly number[];
	readonly unit?: string;
	/** Whom one votes for, and the `proxy.give` that allows it. */
	readonly byProxy?: { readonly voter: MemberId; readonly proxy: RecordId };
}

/** `replaces`: every ballot of the own voter that is known here, so that the newest stands alone. */
export function castBallot(
	composer: Composer,
	poll: PollId,
	wish: Choice | BallotWish,
	replaces: readonly RecordId[],
): RecordId {
	const { choice, picks, unit, byProxy }: BallotWish = typeof wish === 'string' ? { choice: wish } : wish;
	const proxy = byProxy && { for: byProxy.voter, proxy: byProxy.proxy };
	return composer.add('ballot', { poll, choice, replaces, ...given({ picks, unit }), ...proxy }, poll);
}
