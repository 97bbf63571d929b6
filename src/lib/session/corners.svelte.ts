import type { GridId } from '#core/kernel/ids.ts';
import { toHex } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { Composer } from '#core/ledger/composer.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { recordId, sealRecord, signatureInput } from '#core/ledger/record.ts';
import { invitationMessage, possessionMessage } from '#core/ledger/signatures.ts';
import { admitFounder, foundGrid, joinCorner } from '#core/roster/acts.ts';
import { invitationSeed, type Invitation } from '#core/roster/invitation.ts';
import type { Card, GRID_KINDS } from '#core/roster/records.ts';
import { now } from '#lib/adapters/clock.ts';
import { CornerDatabase, type CornerRow } from '#lib/adapters/dexie/database.ts';
import { LedgerStore, type NewRecord } from '#lib/adapters/dexie/ledger-store.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import { createDeviceKey, keyFromSeed, platformSignsRight, sign, type KeyPair } from '#lib/adapters/signer.ts';
import { Workspace } from './workspace.svelte.ts';

export type OpeningRefusal = 'browser-too-old' | 'cannot-store';

export interface NewCorner {
	readonly name: string;
	readonly kind: (typeof GRID_KINDS)[number];
	readonly founder: Card;
	/** From the founding link's fragment. */
	readonly code: string;
}

/** Composition root of the browser: which corners this device knows, founding and joining, and the one on screen. */
export class Corners {
	/** The corner on screen; undefined until opened, null when this device belongs to none. */
	workspace: Workspace | null | undefined = $state.raw(undefined);
	readonly #database = new CornerDatabase();
	readonly #relayUrl: string;

	constructor(relayUrl: string) {
		this.#relayUrl = relayUrl;
	}

	/** Opens the corner that was founded or joined last. */
	async open(): Promise<Result<void, OpeningRefusal>> {
		if (this.workspace) return ok(undefined);
		if (!(await platformSignsRight())) return err('browser-too-old');
		const corners = await this.#database.corners.toArray();
		const corner = corners.sort((a, b) => b.since - a.since)[0];
		if (!corner) this.workspace = null;
		else await this.#show(corner);
		return ok(undefined);
	}

	/** Founds a grid on this device; the relay takes it with the founding code as soon as it is reached. */
	async found({ name, kind, founder, code }: NewCorner): Promise<Result<GridId, OpeningRefusal>> {
		if (!(await platformSignsRight())) return err('browser-too-old');
		const pair = await createDeviceKey();
		const composer = new Composer(new Ledger(), { key: pair.key, grid: null, auth: null }, now());
		const grid = foundGrid(composer, { name, kind, nonce: randomBytes(16) });
		const pop = await sign(pair.privateKey, possessionMessage(grid, grid, pair.key));
		admitFounder(composer, grid, pop, founder, randomBytes(16));
		await this.#keep({ ...cornerOf(grid, name, pair), founding: code }, composer, pair);
		return ok(grid);
	}

	/** Writes the join; it reaches the relay with the login, and a registrar admits it (等待登记). */
	async join({ grid, invite, secret }: Invitation, card: Card): Promise<Result<GridId, OpeningRefusal>> {
		if (!(await platformSignsRight())) return err('browser-too-old');
		const known = await this.#database.corners.get(grid);
		if (known) await this.#show(known);
		else await this.#joinAnew({ grid, invite, secret }, card);
		return ok(grid);
	}

	/** Another founding code for the corner on screen, which no relay has taken yet. Used from the next opening on. */
	async replaceFoundingCode(code: string): Promise<void> {
		if (this.workspace) await this.#database.corners.update(this.workspace.corner.grid, { founding: code });
	}

	async isMember(grid: GridId): Promise<boolean> {
		return (await this.#database.corners.get(grid)) !== undefined;
	}

	async #joinAnew({ grid, invite, secret }: Invitation, card: Card): Promise<void> {
		const [pair, invitation] = await Promise.all([createDeviceKey(), keyFromSeed(invitationSeed(secret))]);
		const pop = await sign(pair.privateKey, possessionMessage(grid, invite, pair.key));
		const proof = await sign(invitation.privateKey, invitationMessage(pair.key));
		const composer = new Composer(new Ledger(), { key: pair.key, grid, auth: invite }, now());
		joinCorner(composer, { key: pair.key, pop }, proof, card, randomBytes(16));
		await this.#keep(cornerOf(grid, '', pair), composer, pair);
	}

	/** The corner's row, its first records and their blobs: stored before anything is shown. */
	async #keep(corner: CornerRow, composer: Composer, pair: KeyPair): Promise<void> {
		const records = await Promise.all(composer.payloads.map((payload) => seal(payload, pair)));
		await this.#database.corners.put(corner);
		await new LedgerStore(this.#database, corner.grid).addOwn(records, composer.blobs);
		await this.#show(corner);
	}

	async #show(corner: CornerRow): Promise<void> {
		this.workspace?.close();
		this.workspace = await Workspace.open(corner, new LedgerStore(this.#database, corner.grid), this.#relayUrl);
	}
}

/** A fresh 128-bit secret for an invitation, as hex. */
export const newInvitationSecret = (): string => toHex(randomBytes(16));

function cornerOf(grid: GridId, name: string, pair: KeyPair): CornerRow {
	return { grid, name, key: pair.key, privateKey: pair.privateKey, since: now() };
}

async function seal(payload: Uint8Array, pair: KeyPair): Promise<NewRecord> {
	const wire = sealRecord(payload, await sign(pair.privateKey, signatureInput(payload)));
	return { id: recordId(payload), wire };
}
