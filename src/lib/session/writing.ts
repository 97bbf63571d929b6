import { ok, type Result } from '#core/kernel/result.ts';
import { Composer, type Author } from '#core/ledger/composer.ts';
import { parseRecord, sealRecord, signatureInput, type RecordRefusal } from '#core/ledger/record.ts';
import { now } from '#lib/adapters/clock.ts';
import type { CornerRow } from '#lib/adapters/dexie/database.ts';
import type { NewRecord } from '#lib/adapters/dexie/ledger-store.ts';
import { withSigningLock } from '#lib/adapters/leadership.ts';
import { sign, type PrivateKey } from '#lib/adapters/signer.ts';
import type { CornerCopy } from './corner-copy.ts';

/** Puts an act's records together; what it answers is what the act answers. */
export type Compose<T> = (composer: Composer) => T | Promise<T>;

/** LOCAL-1: composes, signs and stores the records of one act, all or none, while no other tab of this device signs. */
export function writeAct<T>(
	corner: CornerRow,
	copy: CornerCopy,
	author: Author,
	compose: Compose<T>,
): Promise<Result<T, RecordRefusal>> {
	return withSigningLock(corner.grid, async () => {
		await copy.refresh();
		const composer = new Composer(copy.ledger, author, now());
		const value = await compose(composer);
		const records = await sealAll(composer.payloads, corner.privateKey);
		if (!records.ok) return records;
		await copy.addOwn(records.value, composer.blobs);
		return ok(value);
	});
}

/** Signs an act's payloads. Refused if nobody could read one of them: a text that is too long, for instance. */
export async function sealAll(
	payloads: readonly Uint8Array[],
	privateKey: PrivateKey,
): Promise<Result<readonly NewRecord[], RecordRefusal>> {
	const sealed = await Promise.all(payloads.map((payload) => seal(payload, privateKey)));
	const refused = sealed.find((result) => !result.ok);
	return refused ?? ok(sealed.flatMap((result) => (result.ok ? [result.value] : [])));
}

/** Whether a failure is the disk's: full, closed under the app, or not to be opened. */
export function isStorageFailure(failure: unknown): boolean {
	const names = ['QuotaExceededError', 'DatabaseClosedError', 'AbortError', 'OpenFailedError', 'InvalidStateError'];
	return failure instanceof Error && names.includes(failure.name);
}

async function seal(payload: Uint8Array, privateKey: PrivateKey): Promise<Result<NewRecord, RecordRefusal>> {
	const wire = sealRecord(payload, await sign(privateKey, signatureInput(payload)));
	const parsed = parseRecord(wire);
	return parsed.ok ? ok({ id: parsed.value.id, wire }) : parsed;
}
