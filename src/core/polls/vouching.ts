import { err, ok, type Result } from '../kernel/result.ts';
import type { Standing } from '../validity/standing.ts';
import { auditClosing } from './audit.ts';
import type { Defect } from './defects.ts';
import { checkNumbers } from './double-count.ts';
import type { Closing, Poll } from './state.ts';

export type VouchRefusal = 'count-incomplete' | 'count-differs' | 'defects-not-seen';

/**
 * POLL-26: a teller vouches for what the own device has counted again. What is wrong with a closing beside its numbers,
 * and may be past mending, is certified only by somebody who says to have seen it: `seen`.
 */
export function mayVouch(
	standing: Standing,
	poll: Poll,
	closing: Closing,
	seen: readonly Defect[],
): Result<Closing, VouchRefusal> {
	const numbers = checkNumbers(standing, poll, closing);
	if (numbers === 'incomplete') return err('count-incomplete');
	const { recount, defects } = auditClosing(standing, poll, closing);
	if (recount === 'differs' || numbers === 'broken') return err('count-differs');
	return defects.every((defect) => seen.includes(defect)) ? ok(closing) : err('defects-not-seen');
}
