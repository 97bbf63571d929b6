import type { MemberId, PollId, RecordId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import { Composer } from '#core/ledger/composer.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { endingsAwaiting } from '#core/roster/awaited-endings.ts';
import { approveRecord, endRight } from '#core/roster/ending-acts.ts';
import {
	mayEndMember,
	mayEndRole,
	mayRevokeDevice,
	type Actor,
	type Capacity,
	type EndingRefusal,
} from '#core/roster/ending-rules.ts';
import type { Cut, EndReason } from '#core/roster/records.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import type { Device, Grant } from '#core/roster/state.ts';
import type { Revocation } from '#core/validity/cuts.ts';
import { chainOf, cutsAtHeads, cutsBefore, keysBehind, type RevocationTarget } from '#core/validity/cutting.ts';
import { wouldFall } from '#core/validity/effect.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

/** What may be ended: a phone, a membership, a role. */
export type Ending =
	| { readonly type: 'device.revoke'; readonly device: Device }
	| { readonly type: 'member.end'; readonly member: MemberId }
	| { readonly type: 'role.end'; readonly grant: Grant };

export interface EndingPlan {
	readonly ending: Ending;
	readonly reason: EndReason;
	/** The first record that must not stand; without it everything that is held here stands. */
	readonly firstBad: LedgerRecord | undefined;
}

type MayNot = EndingRefusal | 'not-admitted-yet';

/** Who acts on this phone; undefined while it waits, or after it was sent out. */
export function actorOf({ state, corner }: Workspace): Actor | undefined {
	const own = deviceOf(state.roster, corner.key);
	return own && { member: own.member, key: corner.key, add: own.add };
}

export function mayEnd(workspace: Workspace, ending: Ending): Result<Capacity, MayNot> {
	const actor = actorOf(workspace);
	if (!actor) return err('not-admitted-yet');
	const { roster } = workspace.state;
	switch (ending.type) {
		case 'device.revoke':
			return mayRevokeDevice(roster, actor, ending.device);
		case 'member.end':
			return mayEndMember(roster, actor, ending.member);
		case 'role.end':
			return mayEndRole(roster, actor, ending.grant);
	}
}

/** What the phones behind a right wrote in structure, the newest first: from where to choose the first bad one. */
export function deedsBehind({ ledger, revision }: Workspace, ending: Ending): readonly LedgerRecord[] {
	void revision;
	const target = ledger.get(targetOf(ending)) as RevocationTarget | undefined;
	const keys = target ? keysBehind(ledger, target) : [];
	return keys.flatMap((key) => chainOf(ledger, key)).sort((a, b) => b.lc - a.lc);
}

/** LEDGER 3.4: the votes whose ballots must be held before anybody can say what to spare. */
export function pollsToFetch({ state }: Workspace): readonly PollId[] {
	return [...state.polls.values()].filter(({ status }) => status !== 'certified').map(({ id }) => id);
}

/** What would lose its weight. Nothing is signed and nothing written. */
export function whatFalls(workspace: Workspace, plan: EndingPlan): readonly LedgerRecord[] {
	const actor = actorOf(workspace);
	const capacity = mayEnd(workspace, plan.ending);
	if (!actor || !capacity.ok) return [];
	const { ledger, standing, corner } = workspace;
	const composer = new Composer(ledger, { key: actor.key, grid: corner.grid, auth: actor.add }, 0);
	endRight(composer, capacity.value, signed(workspace, plan));
	return wouldFall(standing, ledger.all(), composer);
}

export async function end(workspace: Workspace, plan: EndingPlan): Promise<Result<RecordId, WriteRefusal | MayNot>> {
	const capacity = mayEnd(workspace, plan.ending);
	if (!capacity.ok) return capacity;
	return workspace.write((composer) => endRight(composer, capacity.value, signed(workspace, plan)));
}

/** PEOPLE-9: endings that wait for this founder's yes as well. */
export function endingsToApprove({ standing, state, corner }: Workspace): readonly Revocation[] {
	return endingsAwaiting(standing, state.roster, corner.key);
}

export function approveEnding(workspace: Workspace, ending: RecordId): Promise<Result<RecordId, WriteRefusal>> {
	return workspace.write((composer) => approveRecord(composer, { under: 'founder', needsQuorum: true }, ending));
}

export function targetOf(ending: Ending): RecordId {
	if (ending.type === 'member.end') return ending.member;
	return ending.type === 'role.end' ? ending.grant.id : ending.device.add;
}

function signed(workspace: Workspace, { ending, reason, firstBad }: EndingPlan) {
	return { type: ending.type, target: targetOf(ending), cuts: cutsOf(workspace, ending, firstBad), reason };
}

/** Other phones of the same member keep all they wrote; of the bad one, what came before. */
function cutsOf({ ledger }: Workspace, ending: Ending, firstBad: LedgerRecord | undefined): readonly Cut[] {
	const target = ledger.get(targetOf(ending)) as RevocationTarget | undefined;
	const keys = target ? keysBehind(ledger, target) : [];
	if (!firstBad) return cutsAtHeads(ledger, keys);
	const others = keys.filter((key) => key !== firstBad.by);
	return [...cutsBefore(ledger, firstBad), ...cutsAtHeads(ledger, others)];
}
