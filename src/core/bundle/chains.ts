import type { DeviceKey, PollId, RecordId } from '../kernel/ids.ts';
import type { BlobSource } from '../ledger/blobs.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { REVOCATION_TYPES, type Cut } from '../roster/records.ts';
import { chainBehind, cutsOf, type Revocation } from '../validity/cuts.ts';
import { claimedRight } from '../validity/revoking.ts';

/**
 * BUNDLE-3: what a file needs only to walk chains: the whole structure chain of every key that a revocation among these
 * records names, and the way from a first device back to its member (VALID-6).
 */
export function recordsOfChains(
	ledger: Ledger,
	blobs: BlobSource,
	records: ReadonlySet<RecordId>,
): readonly RecordId[] {
	const among = [...records].flatMap((id) => ledger.get(id) ?? []);
	const keys = new Set(among.filter(isRevocation).flatMap((revocation) => keysCutBy(ledger, blobs, revocation)));
	const chains = [...ledger.all()].filter(({ by, scope }) => scope === null && keys.has(by)).map(({ id }) => id);
	const introductions = among.filter((record) => record.type === 'device.add');
	return [...chains, ...introductions.flatMap((add) => wayToMember(ledger, add))];
}

/**
 * Walking back from the last good records in structure and in these votes: the links that are not held. A device that ends
 * itself keeps its past, whatever it names (VALID-7).
 */
export function missingLinks(
	ledger: Ledger,
	blobs: BlobSource,
	records: ReadonlySet<RecordId>,
	votes: ReadonlySet<PollId>,
): ReadonlySet<RecordId> {
	const revocations = [...records].flatMap((id) => ledger.get(id) ?? []).filter(isRevocation);
	const cuts = revocations
		.filter((revocation) => claimedRight(ledger, revocation) !== 'self')
		.flatMap((revocation) => cutsOf(revocation, blobs))
		.filter(([, scope]) => scope === null || votes.has(scope));
	return new Set(cuts.flatMap((cut) => missingLink(ledger, cut) ?? []));
}

function missingLink(ledger: Ledger, [key, scope, lastGood]: Cut): RecordId | undefined {
	let next: RecordId | null = lastGood;
	for (const id of chainBehind(ledger, lastGood, key, scope)) next = ledger.get(id)?.prev ?? null;
	return next !== null && !ledger.has(next) ? next : undefined;
}

function keysCutBy(ledger: Ledger, blobs: BlobSource, revocation: Revocation): readonly DeviceKey[] {
	const named = cutsOf(revocation, blobs).map(([key]) => key);
	return claimedRight(ledger, revocation) === 'self' ? [...named, revocation.by] : named;
}

/** Nothing where the way does not lead there: then the device is none that came in with its member. */
function wayToMember(ledger: Ledger, { prev, by, body }: LedgerRecord<'device.add'>): readonly RecordId[] {
	const way: RecordId[] = [];
	for (const id of chainBehind(ledger, prev, by, null)) {
		way.push(id);
		if (id === body.member) return way;
	}
	return [];
}

function isRevocation(record: LedgerRecord): record is Revocation {
	return REVOCATION_TYPES.some((type) => type === record.type);
}
