import type { BlobHash, PollId, RecordId } from '../kernel/ids.ts';
import type { BlobSource } from '../ledger/blobs.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { blobReferences, hardReferences, namedRecords } from '../ledger/references.ts';
import { RECORD_TYPES, type RecordType } from '../ledger/registry.ts';
import type { EditionRecord } from '../publication/ground.ts';
import { rosterRecords } from '../roster/records.ts';
import { missingLinks, recordsOfChains } from './chains.ts';
import { restsOn, votesBehind } from './grounds.ts';

/** BUNDLE-1: what belongs into the file of one outcome, as far as it is held here. */
export interface OutcomeClosure {
	readonly records: ReadonlySet<RecordId>;
	readonly blobs: ReadonlySet<BlobHash>;
	/** What the outcome rests on by name, and is not held. */
	readonly missing: ReadonlySet<RecordId>;
	/** What anything else in the file names, and is not held: it decides nothing, and is told. */
	readonly absent: ReadonlySet<RecordId>;
	/** BUNDLE-3: links that are not held, of chains that the outcome rests on. */
	readonly missingLinks: ReadonlySet<RecordId>;
}

/**
 * BUNDLE-1, LEDGER 6: everything the outcome rests on, everything that was said about its topic, the whole scope of its
 * vote and of those that led to it, and the whole roster, with all that was cosigned; and what these rest on. Closing what
 * is closed changes nothing, so whoever holds the file alone can tell whether it is whole.
 */
export function closeOutcome(ledger: Ledger, blobs: BlobSource, edition: EditionRecord): OutcomeClosure {
	const votes = votesBehind(ledger, edition);
	const reach = (from: Iterable<RecordId>, named: NamedBy) => reachFrom(ledger, votes, from, named);
	const rests = reach(restsOn(ledger, blobs, edition, votes), namedInEarnest);
	const cast = [...votes].flatMap((vote) => ledger.idsOf(vote));
	const around = [...aboutTopic(ledger, edition), ...cast, ...roster(ledger)];
	const told = reach([...rests.found, ...around], everythingNamed);
	const whole = reach([...told.found, ...cosignsOf(ledger, told.found)], everythingNamed);
	const links = reach(recordsOfChains(ledger, blobs, whole.found), hardReferences);
	return {
		records: new Set([...whole.found, ...links.found]),
		blobs: publicBlobs(ledger, whole.found, edition),
		missing: rests.absent,
		absent: new Set([...whole.absent].filter((id) => !rests.absent.has(id))),
		missingLinks: missingLinks(ledger, blobs, rests.found, votes),
	};
}

type NamedBy = (record: LedgerRecord) => readonly RecordId[];

/**
 * Names that are left alone: cuts are followed as chains; places, the parent grid and the other topics of a meeting
 * decide nothing here.
 */
const ASIDE: ReadonlySet<string> = new Set(['cuts', 'household', 'courtyard', 'parent', 'topics']);

const everythingNamed: NamedBy = (record) => [...hardReferences(record), ...namedRecords(record, ASIDE)];

/** Any member may object and name what nobody has ever held: that must not keep a file from proving its outcome. */
const namedInEarnest: NamedBy = (record) =>
	record.type === 'objection' ? hardReferences(record) : everythingNamed(record);

interface Reached {
	readonly found: ReadonlySet<RecordId>;
	readonly absent: ReadonlySet<RecordId>;
}

/** Never into the scope of a vote that led nowhere near: who chose what there is not for this file. */
function reachFrom(ledger: Ledger, votes: ReadonlySet<PollId>, from: Iterable<RecordId>, named: NamedBy): Reached {
	const [found, absent] = [new Set<RecordId>(), new Set<RecordId>()];
	const open = [...from];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (found.has(id) || absent.has(id)) continue;
		const record = ledger.get(id);
		if (!record) absent.add(id);
		else if (record.scope === null || votes.has(record.scope)) {
			found.add(id);
			open.push(...named(record));
		}
	}
	return { found, absent };
}

/** Everything in structure that hangs on the topic: its steps, texts, votes with their closings, minutes, publications. */
function aboutTopic(ledger: Ledger, { body }: EditionRecord): ReadonlySet<RecordId> {
	const hanging = new Set<RecordId>();
	const open = [body.topic];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (hanging.has(id)) continue;
		hanging.add(id);
		open.push(...citedBy(ledger, id));
	}
	return hanging;
}

function citedBy(ledger: Ledger, id: RecordId): readonly RecordId[] {
	const citing = RECORD_TYPES.flatMap((type): readonly LedgerRecord[] => ledger.citing(id, type));
	return citing.filter(({ scope }) => scope === null).map((record) => record.id);
}

/** Who ever belonged, with which devices and rights. How they came in is reached from there. */
function roster(ledger: Ledger): readonly RecordId[] {
	const types = (Object.keys(rosterRecords) as RecordType[]).filter((type) => type !== 'invite' && type !== 'join');
	return types.flatMap((type) => ledger.ofType(type).map(({ id }) => id));
}

function cosignsOf(ledger: Ledger, records: ReadonlySet<RecordId>): readonly RecordId[] {
	const cosigns = ledger.ofType('cosign').filter(({ body }) => records.has(body.target));
	return cosigns.map(({ id }) => id);
}

/**
 * BUNDLE-2: never a member blob. Of texts and minutes those of this outcome alone: an earlier one may have been
 * withdrawn for what it said. Records that only link a chain bring none.
 */
function publicBlobs(ledger: Ledger, records: ReadonlySet<RecordId>, { body }: EditionRecord): ReadonlySet<BlobHash> {
	const own = [body.text, body.minutes];
	const isOtherText = ({ id, type }: LedgerRecord) =>
		(type === 'text.freeze' || type === 'minutes.freeze') && !own.includes(id);
	const named = [...records].flatMap((id) => {
		const record = ledger.get(id);
		return record && !isOtherText(record) ? blobReferences(record) : [];
	});
	return new Set(named.map(({ hash }) => hash).filter((hash) => ledger.blobKind(hash) === 'public'));
}
