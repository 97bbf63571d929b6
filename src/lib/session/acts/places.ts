import { fromHex, labelledHash, type DeviceKey, type RecordId } from '#core/kernel/ids.ts';
import type { Result } from '#core/kernel/result.ts';
import { addPlace, endPlace, type PlacePlan } from '#core/places/acts.ts';
import { mayAddPlace, mayEndPlace, type PlaceRefusal } from '#core/places/rules.ts';
import { addRelay, endRelay } from '#core/roster/device-acts.ts';
import { permission } from '#core/roster/rules.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

type Outcome<Code extends string> = Promise<Result<RecordId, WriteRefusal | Code>>;

export async function add(workspace: Workspace, plan: PlacePlan): Outcome<PlaceRefusal> {
	const named = { ...plan, name: plan.name.trim() };
	const allowed = mayAddPlace(workspace.state.roster, workspace.state.places, workspace.me, named);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => addPlace(composer, allowed.value, named));
}

export async function end(workspace: Workspace, place: RecordId): Outcome<PlaceRefusal> {
	const allowed = mayEndPlace(workspace.state.roster, workspace.state.places, workspace.me, place);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => endPlace(composer, allowed.value, place));
}

/**
 * Takes a relay on: it may carry, and signs nothing but receipts. `fingerprint`: SHA-256 of its certificate in hex;
 * without a certificate its key is its fingerprint.
 */
export async function takeRelayOn(
	workspace: Workspace,
	key: DeviceKey,
	name: string,
	certificate = labelledHash('council-corner/relay-key/1', fromHex(key)),
): Outcome<'not-permitted'> {
	const allowed = permission(workspace.state.roster, workspace.me, 'relay.add');
	if (!allowed.ok) return allowed;
	const fingerprint = fromHex(certificate);
	return workspace.write((composer) => addRelay(composer, allowed.value, { key, name: name.trim(), fingerprint }));
}

export async function letRelayGo(workspace: Workspace, relay: RecordId): Outcome<'not-permitted'> {
	const allowed = permission(workspace.state.roster, workspace.me, 'relay.end');
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => endRelay(composer, allowed.value, relay));
}
