import type { PollId, RecordId } from '../kernel/ids.ts';
import type { Composer } from '../ledger/composer.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { BodyByType, RecordType } from '../ledger/registry.ts';

/** What a person may say again after a revocation took its weight: own voice and own work, never rights over others. */
export const REISSUED_TYPES = ['topic.open', 'text.freeze', 'ballot', 'cosign', 'member.card'] as const;

export const mayReissue = ({ type }: LedgerRecord): boolean => REISSUED_TYPES.some((reissued) => reissued === type);

/**
 * ROS-8, LEDGER 3.4: honest records that fell with a lost device, written again by another device of the same member
 * and in their old order. What they say of each other is carried over to the new ids, also to those written `before`.
 * `as` is given where one is held.
 */
export function reissue(
	composer: Composer,
	fallen: readonly LedgerRecord[],
	as: (record: LedgerRecord) => RecordId | undefined,
	before: ReadonlyMap<RecordId, RecordId> = new Map(),
): ReadonlyMap<RecordId, RecordId> {
	const renewed = new Map(before);
	for (const record of fallen.filter(mayReissue)) {
		const { as: _, ...body } = renew(record.body, renewed) as BodyByType[RecordType] & { readonly as?: RecordId };
		const grant = as(record);
		const scope = record.scope && (renew(record.scope, renewed) as PollId);
		const whole = { ...body, ...(grant === undefined ? {} : { as: grant }) };
		renewed.set(record.id, composer.add(record.type, whole as BodyByType[RecordType], scope));
	}
	return renewed;
}

/** The same value with old ids replaced by new ones, wherever they stand. */
export function renew(value: unknown, renewed: ReadonlyMap<string, RecordId>): unknown {
	if (typeof value === 'string') return renewed.get(value) ?? value;
	if (Array.isArray(value)) return value.map((item) => renew(item, renewed));
	if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, renew(item, renewed)]));
}
