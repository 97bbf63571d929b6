import { fromHex, type DeviceKey, type GridId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { Composer } from '#core/ledger/composer.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import type { RecordRefusal } from '#core/ledger/record.ts';
import { invitationMessage, possessionMessage } from '#core/ledger/signatures.ts';
import { admitFounder, foundGrid, joinCorner } from '#core/roster/acts.ts';
import { formatDeviceAnswer, type DeviceOffer } from '#core/roster/device-offer.ts';
import { invitationSeed, type Invitation } from '#core/roster/invitation.ts';
import type { Card, GRID_KINDS } from '#core/roster/records.ts';
import { now } from '#lib/adapters/clock.ts';
import type { CornerRow } from '#lib/adapters/dexie/database.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import { createDeviceKey, keyFromSeed, platformSignsRight, sign, type KeyPair } from '#lib/adapters/signer.ts';
import type { Corners, OpeningRefusal } from '../corners.svelte.ts';
import { isSentOut } from '../sent-out.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { sealAll } from '../writing.ts';

export interface NewCorner {
	readonly name: string;
	readonly kind: (typeof GRID_KINDS)[number];
	readonly founder: Card;
	/** From the founding link's fragment. */
	readonly code: string;
	/** Who founds with this device, and how many of all must agree to end a convener's rights (FOUND-2). */
	readonly together?: {
		readonly nonce: string;
		readonly cofounders: readonly DeviceKey[];
		readonly quorum: number;
	};
}

/** Founds a grid on this device; the relay takes it with the founding code as soon as it is reached. */
export async function found(
	corners: Corners,
	{ name, kind, founder, code, together }: NewCorner,
): Promise<Result<GridId, OpeningRefusal | RecordRefusal>> {
	if (!(await platformSignsRight())) return err('browser-too-old');
	const pair = await createDeviceKey();
	const composer = new Composer(new Ledger(), { key: pair.key, grid: null, auth: null }, now());
	const { nonce, ...others } = together ?? { nonce: undefined };
	const grid = foundGrid(composer, { name, kind, nonce: nonce ? fromHex(nonce) : randomBytes(16), ...others });
	const pop = await sign(pair.privateKey, possessionMessage(grid, grid, pair.key));
	admitFounder(composer, grid, pop, founder, randomBytes(16));
	return keep(corners, { ...cornerOf(grid, name, pair), founding: code }, composer);
}

/** Writes the join; it reaches the relay with the login, and a registrar admits it (等待登记). */
export async function join(
	corners: Corners,
	{ grid, invite, secret }: Invitation,
	card: Card,
): Promise<Result<GridId, OpeningRefusal | RecordRefusal>> {
	if (!(await platformSignsRight())) return err('browser-too-old');
	if (await isHere(corners, grid)) return ok(grid);
	const [pair, invitation] = await Promise.all([createDeviceKey(), keyFromSeed(invitationSeed(secret))]);
	const pop = await sign(pair.privateKey, possessionMessage(grid, invite, pair.key));
	const proof = await sign(invitation.privateKey, invitationMessage(pair.key));
	const composer = new Composer(new Ledger(), { key: pair.key, grid, auth: invite }, now());
	joinCorner(composer, { key: pair.key, pop }, proof, card, randomBytes(16));
	return keep(corners, cornerOf(grid, '', pair), composer);
}

/**
 * This phone's answer to another one of the same person (JOIN-2): a key of its own, and the proof that it means this
 * question. It belongs to the corner as soon as the other phone has said yes, and tries until then.
 */
export async function answerOffer(
	corners: Corners,
	{ grid, introducer }: DeviceOffer,
): Promise<Result<GridId, OpeningRefusal>> {
	if (!(await platformSignsRight())) return err('browser-too-old');
	if (await isHere(corners, grid)) return ok(grid);
	const kept = await corners.keep({ ...cornerOf(grid, '', await createDeviceKey()), introducer }, [], []);
	return kept.ok ? ok(grid) : kept;
}

/** The answer to show, while the other phone has not said yes; undefined for a phone that came in another way. */
export async function shownAnswer({ corner, me }: Workspace): Promise<string | undefined> {
	const { grid, key, privateKey, introducer } = corner;
	if (introducer === undefined || me !== undefined) return undefined;
	const pop = await sign(privateKey, possessionMessage(grid, introducer, key));
	return formatDeviceAnswer({ grid, key, pop });
}

/** Whether this phone is in the corner already. One that was sent out comes in anew, with another key. */
async function isHere(corners: Corners, grid: GridId): Promise<boolean> {
	const known = await corners.openKnown(grid);
	return known && !isSentOut(corners.workspace);
}

/** Signs what was composed, and keeps it with the corner. */
export async function keep(
	corners: Corners,
	corner: CornerRow,
	{ payloads, blobs }: Composer,
): Promise<Result<GridId, 'cannot-store' | RecordRefusal>> {
	const records = await sealAll(payloads, corner.privateKey);
	if (!records.ok) return records;
	const kept = await corners.keep(corner, records.value, blobs);
	return kept.ok ? ok(corner.grid) : kept;
}

export function cornerOf(grid: GridId, name: string, { key, privateKey }: KeyPair): CornerRow {
	return { grid, name, key, privateKey, since: now() };
}
