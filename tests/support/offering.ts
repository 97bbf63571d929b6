import type { StoryCorner } from '../../server/cli/scenario/people.ts';
import { Holder, type Verdict } from './admission.ts';

/** A holder of everything in the corner, as it is now. */
export function holderOf(corner: StoryCorner): Holder {
	const holder = new Holder(corner.grid);
	const waiting = holder.offerAll(corner.records.map(({ wire }) => wire));
	if (waiting.length > 0 || holder.ledger.size !== corner.ledger.size) throw new Error('The corner is not admissible');
	return holder;
}

/** What a holder of the whole corner says to one more wire. */
export const verdictOn = (corner: StoryCorner, wire: Uint8Array): Verdict => holderOf(corner).offer(wire);
