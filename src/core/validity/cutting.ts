import type { DeviceKey, PollId, RecordId } from '../kernel/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Cut } from '../roster/records.ts';
import { chainBehind } from './cuts.ts';

export type RevocationTarget = LedgerRecord<'device.add' | 'member.add' | 'role.grant'>;

/** The keys whose chains a revocation of this target cuts: of one device, or of every device its member ever had. */
export function keysBehind(ledger: Ledger, target: RevocationTarget): readonly DeviceKey[] {
	if (target.type === 'device.add') return [target.body.key];
	const member = target.type === 'member.add' ? target.id : target.body.member;
	const devices = ledger.citing(member, 'device.add');
	return [...new Set(devices.map(({ body }) => body.key))];
}

/** VALID-8: everything that is held of these chains stands: the ends of them, in structure and in every poll held. */
export function cutsAtHeads(ledger: Ledger, keys: readonly DeviceKey[]): readonly Cut[] {
	return keys.flatMap((key) =>
		ledger.scopes().flatMap((scope): readonly Cut[] => {
			const head = ledger.headOf(key, scope);
			return head ? [[key, scope, head.id]] : [];
		}),
	);
}

/**
 * The same, but in structure nothing stands from `firstBad` on: how a theft is undone whose first record is known.
 * Ballots are cut at the last one that was written before it in display order, which is the best anybody can tell.
 */
export function cutsBefore(ledger: Ledger, firstBad: LedgerRecord): readonly Cut[] {
	return ledger.scopes().flatMap((scope): readonly Cut[] => {
		const last = lastBefore(ledger, firstBad, scope);
		return last ? [[firstBad.by, scope, last]] : [];
	});
}

/** What a device wrote in structure, the newest first: from where to choose the first bad one. */
export function chainOf(ledger: Ledger, key: DeviceKey): readonly LedgerRecord[] {
	const head = ledger.headOf(key, null)?.id ?? null;
	return [...chainBehind(ledger, head, key, null)].flatMap((id) => ledger.get(id) ?? []);
}

function lastBefore(ledger: Ledger, firstBad: LedgerRecord, scope: PollId | null): RecordId | undefined {
	if (scope === firstBad.scope) return firstBad.prev ?? undefined;
	const head = ledger.headOf(firstBad.by, scope)?.id ?? null;
	const chain = [...chainBehind(ledger, head, firstBad.by, scope)];
	return chain.find((id) => (ledger.get(id)?.lc ?? 0) < firstBad.lc);
}
