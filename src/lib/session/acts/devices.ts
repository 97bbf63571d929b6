import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { isWeakKey, possessionMessage } from '#core/ledger/signatures.ts';
import { addDeviceOfMember, addOwnDevice } from '#core/roster/device-acts.ts';
import {
	formatDeviceOffer,
	mayAddAnswered,
	parseDeviceAnswer,
	type DeviceAnswer,
	type DeviceAnswerRefusal,
} from '#core/roster/device-offer.ts';
import { approveRecord } from '#core/roster/ending-acts.ts';
import { mayApproveDevice, type EndingRefusal } from '#core/roster/ending-rules.ts';
import { reissue } from '#core/roster/reissue.ts';
import { reissuableOf, withGround, type Reissuable } from '#core/roster/reissuable.ts';
import { mayKeepRoster, permission } from '#core/roster/rules.ts';
import type { Device, Newcomer } from '#core/roster/state.ts';
import { verify } from '#lib/adapters/signer.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';
import { actorOf } from './endings.ts';

type Outcome<T, Code extends string> = Promise<Result<T, WriteRefusal | Code>>;
export type AnswerRefusal = DeviceAnswerRefusal | 'device-malformed' | 'device-not-for-this' | 'not-admitted-yet';

/** The fragment of the link by which another phone of mine asks to come in; undefined while I wait myself. */
export function deviceOffer(workspace: Workspace): string | undefined {
	const own = actorOf(workspace);
	return own && formatDeviceOffer({ grid: workspace.corner.grid, introducer: own.add });
}

/** JOIN-3: reads the other phone's answer. Its proof must be over this phone's own question. */
export async function readAnswer(workspace: Workspace, text: string): Promise<Result<DeviceAnswer, AnswerRefusal>> {
	const own = actorOf(workspace);
	if (!own) return err('not-admitted-yet');
	const answer = parseDeviceAnswer(text);
	if (!answer.ok) return answer;
	const allowed = mayAddAnswered(workspace.state.roster, answer.value);
	if (!allowed.ok) return allowed;
	const { grid, key, pop } = answer.value;
	const message = possessionMessage(grid, own.add, key);
	const meant = !isWeakKey(key) && (await verify({ key, message, signature: pop }));
	return meant ? answer : err('device-not-for-this');
}

/** Brings in another phone of mine, whose answer was read. */
export async function addMyDevice(workspace: Workspace, answer: DeviceAnswer): Outcome<RecordId, DeviceAnswerRefusal> {
	const own = actorOf(workspace);
	if (!own) return err('not-admitted-yet');
	const allowed = mayAddAnswered(workspace.state.roster, answer);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => addOwnDevice(composer, own.member, own.add, answer));
}

/** A newcomer is somebody who is on the roster already, with a new phone. */
export async function admitAsDeviceOf(
	workspace: Workspace,
	newcomer: Newcomer,
	member: MemberId,
): Outcome<RecordId, 'not-permitted' | 'blob-missing'> {
	const allowed = mayKeepRoster(workspace.state.roster, workspace.me);
	if (!allowed.ok) return allowed;
	const join = workspace.ledger.find(newcomer.join, 'join');
	if (!join) return err('blob-missing');
	return workspace.write((composer) => addDeviceOfMember(composer, allowed.value, member, newcomer, join.body.pop));
}

export async function approveDevice(workspace: Workspace, device: Device): Outcome<RecordId, EndingRefusal> {
	const own = actorOf(workspace);
	if (!own) return err('not-admitted-yet');
	const allowed = mayApproveDevice(workspace.state.roster, own, device);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => approveRecord(composer, allowed.value, device.add));
}

/** What I wrote with a phone that was sent out, and may write again. */
export function lostWeight({ ledger, standing, state, me, revision }: Workspace): Reissuable {
	void revision;
	if (me === undefined) return { open: [], renewed: new Map() };
	return reissuableOf(standing, ledger.all(), state, me);
}

/** Writes the chosen ones again with this phone. Answers how many were written. */
export async function writeAgain(workspace: Workspace, chosen: readonly LedgerRecord[]): Outcome<number, never> {
	const { renewed } = lostWeight(workspace);
	const grounded = withGround(workspace.standing, chosen, renewed);
	if (grounded.length === 0) return ok(0);
	const grant = ({ type }: LedgerRecord): RecordId | undefined => {
		const allowed = permission(workspace.state.roster, workspace.me, type);
		return allowed.ok ? allowed.value : undefined;
	};
	const written = await workspace.write((composer) => reissue(composer, grounded, grant, renewed));
	return written.ok ? ok(grounded.length) : written;
}
