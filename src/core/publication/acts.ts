import type { RecordId, TopicId } from '../kernel/ids.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import { MASK_VERSION } from './mask.ts';
import type { OutcomeParts } from './state.ts';

/** Publishes what `describeOutcome` previewed; it stands once a teller has cosigned. `after`: see `headsOf`. */
export function publishOutcome(
	composer: Composer,
	as: RecordId | undefined,
	parts: OutcomeParts,
	after: readonly RecordId[],
): RecordId {
	return composer.add('publish', { ...cited(as), ...editionBody(parts), after, revs: composer.revocations });
}

/** Says it anew with a reason; what was said before stays visible. Stands once a teller has cosigned. */
export function correctOutcome(
	composer: Composer,
	as: RecordId | undefined,
	parts: OutcomeParts,
	reason: string,
	after: readonly RecordId[],
): RecordId {
	return composer.add('publish.correct', {
		...cited(as),
		...editionBody(parts),
		reason,
		after,
		revs: composer.revocations,
	});
}

/** Hides what it names: at once if its author published that, else once a teller has cosigned. */
export function withdrawOutcome(
	composer: Composer,
	as: RecordId | undefined,
	topic: TopicId,
	reason: string,
	after: readonly RecordId[],
): RecordId {
	return composer.add('publish.withdraw', { ...cited(as), topic, reason, after, revs: composer.revocations });
}

function editionBody({ topic, text, minutes, close, consensus }: OutcomeParts) {
	return {
		...{ topic, text, minutes, mask: MASK_VERSION },
		...(close === undefined ? {} : { close }),
		...(consensus === undefined ? {} : { consensus }),
	};
}
