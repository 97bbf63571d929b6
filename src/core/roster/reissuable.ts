import type { MemberId, RecordId } from '../kernel/ids.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { hardReferences } from '../ledger/references.ts';
import { fallenOf } from '../validity/effect.ts';
import type { Standing } from '../validity/standing.ts';
import { authorMember } from './authorship.ts';
import { mayReissue, renew } from './reissue.ts';
import { permission } from './rules.ts';

export interface Reissuable {
	/** What may be written again and was not, the oldest first. */
	readonly open: readonly LedgerRecord[];
	/** Old ids to new ones, of what was written again already. */
	readonly renewed: ReadonlyMap<RecordId, RecordId>;
}

/** PEOPLE-2: of what a member wrote and lost with a device, what is worth writing again. Asked once for each thing. */
export function reissuableOf(
	standing: Standing,
	held: Iterable<LedgerRecord>,
	state: CornerState,
	member: MemberId,
): Reissuable {
	const records = [...held].filter(mayReissue);
	const own = records.filter((record) => authorMember(standing.ledger, record) === member && standing.stands(record));
	const said = new Map(own.map((record) => [contentOf(record, new Map()), record.id]));
	const renewed = new Map<RecordId, RecordId>();
	const open = fallenOf(standing, records, member).filter((record) => {
		const again = said.get(contentOf(record, renewed));
		if (again !== undefined) renewed.set(record.id, again);
		return again === undefined && isWorthIt(standing, state, member, own, record);
	});
	return { open, renewed };
}

/** Those of the chosen whose ground stands, or is written again with them or was before. */
export function withGround(
	standing: Standing,
	chosen: readonly LedgerRecord[],
	renewed: ReadonlyMap<RecordId, RecordId>,
): readonly LedgerRecord[] {
	const again = new Set<RecordId>(renewed.keys());
	return chosen.filter((record) => {
		const grounds = hardReferences(record).filter((id) => id !== record.auth && id !== grantOf(record));
		const grounded = grounds.every((id) => again.has(id) || standing.view.has(id));
		if (grounded) again.add(record.id);
		return grounded;
	});
}

/** A vote that was closed, or in which the member has spoken since, is over; so is the right that was lost. */
function isWorthIt(
	standing: Standing,
	state: CornerState,
	member: MemberId,
	own: readonly LedgerRecord[],
	record: LedgerRecord,
): boolean {
	if (!permission(state.roster, member, record.type).ok) return false;
	if (record.type === 'cosign') return standing.view.has(record.body.target);
	if (record.type !== 'ballot') return true;
	const spoken = own.some(({ type, scope }) => type === 'ballot' && scope === record.scope);
	return !spoken && state.polls.get(record.body.poll)?.status === 'open';
}

/** What a record says, whoever signed it and under which grant. */
function contentOf(record: LedgerRecord, renewed: ReadonlyMap<RecordId, RecordId>): string {
	const { as: _, ...body } = record.body as Readonly<Record<string, unknown>>;
	return JSON.stringify([record.type, renew(record.scope, renewed), renew(body, renewed)]);
}

const grantOf = ({ body }: LedgerRecord) => ('as' in body ? body.as : undefined);
