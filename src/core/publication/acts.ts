import type { RecordId, TopicId } from '../kernel/ids.ts';
import { encodeIdList } from '../ledger/blobs.ts';
import { cited, given, type Composer } from '../ledger/composer.ts';
import { MASK_VERSION } from './mask.ts';
import type { OutcomeParts } from './state.ts';

/**
 * Publishes what `describeOutcome` previewed; it stands once a teller has cosigned. `after`: see `headsOf`; `considered`:
 * see `consideredOn`.
 */
export function publishOutcome(
	composer: Composer,
	as: RecordId | undefined,
	parts: OutcomeParts,
	after: readonly RecordId[],
	considered: readonly RecordId[],
): RecordId {
	const body = { ...cited(as), ...editionBody(composer, parts, considered) };
	return composer.add('publish', { ...body, after, revs: composer.revocations });
}

/** Says it anew with a reason; what was said before stays visible. Stands once a teller has cosigned. */
export function correctOutcome(
	composer: Composer,
	as: RecordId | undefined,
	parts: OutcomeParts,
	reason: string,
	after: readonly RecordId[],
	considered: readonly RecordId[],
): RecordId {
	const body = { ...cited(as), ...editionBody(composer, parts, considered) };
	return composer.add('publish.correct', { ...body, reason, after, revs: composer.revocations });
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

function editionBody(
	composer: Composer,
	{ topic, text, minutes, close, consensus }: OutcomeParts,
	considered: readonly RecordId[],
) {
	return {
		...{ topic, text, minutes, mask: MASK_VERSION },
		...given({ close, consensus }),
		...(considered.length === 0 ? {} : { considered: composer.blob(encodeIdList(considered)) }),
	};
}
