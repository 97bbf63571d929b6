import { MESSAGE_LIMITS } from '#core/kernel/cbor.ts';
import type { DeviceKey, GridId } from '#core/kernel/ids.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import { loginMessage, type Proof } from '#core/wire/login-messages.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import { BEFORE_LOGIN, decodeOwnFrame } from '#core/wire/frames.ts';
import { isEnrolled } from './enrolment.ts';
import { farewellTo } from './farewell.ts';
import type { Founding } from './founding.ts';
import type { Grid, Grids } from './grids.ts';
import type { Session } from './session.ts';
import type { Verifier } from '../ed25519.ts';

export interface LoginDeps {
	readonly relayKey: DeviceKey;
	readonly verifier: Verifier;
	readonly founding: Founding;
	readonly grids: Grids;
	/** Offers a wire of somebody who is not logged in yet. */
	readonly introduce: (grid: Grid, session: Session, wire: Uint8Array) => Introduced;
}

/** What became of one introducing wire: `later` waits for another, `full` for room on the disk. */
export type Introduced = 'held' | 'later' | 'full' | 'refused';

/** What an introduction may consist of. Everything else is offered after login, where roles are known. */
export const INTRODUCTION_TYPES: readonly HeldRecord['type'][] = [
	'genesis',
	'invite',
	'join',
	'member.add',
	'device.add',
	'role.grant',
	'relay.add',
	'relay.end',
	'cosign',
];

/** WIRE-6: undefined for anything but a proof of the size that is allowed before it. */
export function readProof(frame: Uint8Array): Proof | undefined {
	const decoded = decodeOwnFrame(frame, { ...MESSAGE_LIMITS, bytes: BEFORE_LOGIN.bytes });
	if (!decoded.ok || decoded.value.number !== 65) return undefined;
	const { message } = decoded.value;
	return message.t === 'proof' ? message : undefined;
}

/**
 * LEDGER 5: a challenge answered by the device key, and records that introduce it. The dialed host is in what is signed,
 * so a relay in the middle cannot pass the proof on.
 */
export function provenGrid(deps: LoginDeps, session: Session, proof: Proof): Grid | CloseReason {
	const { grid: id, name } = session.name;
	const message = loginMessage(deps.relayKey, session.nonce, id, name, session.arrival.host);
	if (!deps.verifier.isTrue({ key: proof.key, message, signature: proof.signature })) return 'forbidden';
	session.key = proof.key;
	const grid = gridFor(deps, session, id, proof);
	if (!grid) return 'notKnownYet';
	const verdicts = proof.wires.map((wire) => deps.introduce(grid, session, wire));
	if (grid.isFounded ? grid.roleOf(proof.key) : session.founding !== undefined) return grid;
	farewellTo(grid, proof.key).forEach((frame) => session.send(frame));
	if (verdicts.includes('full')) return 'full';
	return verdicts.includes('later') ? 'notKnownYet' : 'forbidden';
}

/** A grid the relay does not know is taken only from somebody who may found one here. */
function gridFor(deps: LoginDeps, session: Session, id: GridId, proof: Proof): Grid | undefined {
	const { grids, founding, relayKey, verifier } = deps;
	const held = grids.get(id);
	if (held?.isFounded) return held;
	if (session.name.kind !== 'ledger' || !founding.mayFound(proof.founding)) return undefined;
	if (founding.policy === 'enrolled' && !isEnrolled(id, proof, relayKey, verifier)) return undefined;
	session.founding = proof.founding ?? '';
	return grids.getOrCreate(id);
}
