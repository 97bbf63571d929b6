import type { RecordId } from '../kernel/ids.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import type { OutcomeParts } from './document.ts';
import { MASK_VERSION } from './mask.ts';
import type { Publication } from './state.ts';

/** Publishes what `describeOutcome` previewed; it stands once a teller has cosigned. */
export function publishOutcome(
	composer: Composer,
	as: RecordId | undefined,
	parts: OutcomeParts,
	replaced: readonly Publication[],
): RecordId {
	const { topic, text, minutes, close, consensus } = parts;
	return composer.add('publish', {
		...cited(as),
		...{ topic, text, minutes, mask: MASK_VERSION },
		...(close === undefined ? {} : { close }),
		...(consensus === undefined ? {} : { consensus }),
		...{ after: replaced.map(({ id }) => id), revs: [] },
	});
}
