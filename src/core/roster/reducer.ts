import { groupBy } from '../kernel/group.ts';
import type { DeviceKey, MemberId, RecordId } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { currentOf } from '../ledger/successors.ts';
import { wantsApproval } from '../validity/approval.ts';
import type { Standing } from '../validity/standing.ts';
import { authorMember } from './authorship.ts';
import { relaysIn } from './relays.ts';
import type { CouncilMember, Device, Ending, FormerMember, Grant, Grid, Newcomer, Roster } from './state.ts';

/** Who belongs now, and who did: the records that have weight, less what was ended. */
export function foldRoster(standing: Standing): Roster {
	const { view } = standing;
	const added = foldMembers(view);
	const ended = endingsByTarget(standing);
	const members = new Map([...added].filter(([id]) => !ended.has(id)));
	const devices = view.ofType('device.add').map(deviceEntry);
	const mayAct = ({ add, member }: Device) => !ended.has(add) && members.has(member);
	return {
		grid: foldGrid(view),
		members,
		former: new Map([...added].flatMap(([id, member]) => withEndings(ended, id, member).map((left) => [id, left]))),
		devices: groupBy(devices.filter(mayAct), ({ key }) => key),
		revoked: devices.flatMap((device) => withEndings(ended, device.add, device)),
		unapproved: unapprovedDevices(standing),
		grants: foldGrants(view).filter(({ id, member }) => !ended.has(id) && members.has(member)),
		newcomers: foldNewcomers(standing),
		invites: view.ofType('invite').map(({ id }) => id),
		relays: relaysIn(view),
	};
}

function foldGrid(view: LedgerReader): Grid | undefined {
	const genesis = view.ofType('genesis')[0];
	if (!genesis) return undefined;
	const { name, kind, founders, quorum } = genesis.body;
	return { id: genesis.id, name, kind, founders, quorum };
}

function foldMembers(view: LedgerReader): ReadonlyMap<MemberId, CouncilMember> {
	const cards = groupBy(view.ofType('member.card'), ({ body }) => body.member);
	const homes = groupBy(view.ofType('member.home'), ({ body }) => body.member);
	return new Map(
		view.ofType('member.add').map(({ id, body }) => {
			const newer = currentOf(cards.get(id) ?? []);
			const moves = currentOf(homes.get(id) ?? []);
			const card = newer.at(-1)?.body.card ?? body.card;
			const { courtyard, household } = moves.at(-1)?.body ?? body;
			return [id, { id, card, cards: idsOf(newer), courtyard, household, homes: idsOf(moves) }];
		}),
	);
}

const idsOf = (records: readonly LedgerRecord[]): readonly RecordId[] => records.map(({ id }) => id);

const deviceEntry = ({ id, auth, body }: LedgerRecord<'device.add'>): Device => ({
	...{ key: body.key, member: body.member, add: id },
	introducer: auth ?? undefined,
});

function foldGrants(view: LedgerReader): readonly Grant[] {
	return view
		.ofType('role.grant')
		.map(({ id, body: { member, role, courtyard, meeting } }) => ({ id, member, role, courtyard, meeting }));
}

/** Revocations that count, by what they end. */
function endingsByTarget(standing: Standing): ReadonlyMap<RecordId, readonly Ending[]> {
	const targets = new Set(standing.revocations.map(({ body }) => body.target));
	const endings = [...targets].map((target) => [target, standing.endingsOf(target).map(ending(standing))] as const);
	return new Map(endings.filter(([, ends]) => ends.length > 0));
}

const ending =
	({ ledger }: Standing) =>
	(record: ReturnType<Standing['endingsOf']>[number]): Ending => ({
		...{ by: record.id, author: authorMember(ledger, record) },
		...{ reason: record.body.reason, at: record.at },
	});

function withEndings<T>(
	ended: ReadonlyMap<RecordId, readonly Ending[]>,
	id: RecordId,
	item: T,
): readonly (T & Pick<FormerMember, 'endings'>)[] {
	const endings = ended.get(id);
	return endings ? [{ ...item, endings }] : [];
}

function unapprovedDevices({ ledger, view }: Standing): readonly Device[] {
	const waiting = ledger.ofType('device.add').filter(({ id }) => !view.has(id));
	const member = ({ body }: LedgerRecord<'device.add'>) => view.has(body.member);
	return waiting.filter((add) => wantsApproval(ledger, add) && member(add)).map(deviceEntry);
}

/** A key that was ever brought in is no newcomer, also when its device was revoked since. */
function foldNewcomers({ ledger, view }: Standing): readonly Newcomer[] {
	const known = new Set<DeviceKey>(ledger.ofType('device.add').map(({ body }) => body.key));
	return view
		.ofType('join')
		.filter(({ body }) => !known.has(body.key))
		.map(({ id, auth, body }) => ({ join: id, key: body.key, card: body.card, invite: auth as Newcomer['invite'] }));
}
