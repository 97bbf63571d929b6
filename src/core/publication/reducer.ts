import { groupBy } from '../kernel/group.ts';
import type { MemberId, RecordId, TopicId } from '../kernel/ids.ts';
import { byDisplayOrder } from '../ledger/ledger.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { assentsTo } from '../minutes/assent.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Standing } from '../validity/standing.ts';
import { isFounded, type EditionRecord, type PublicationGround } from './ground.ts';
import type { Publication, Withdrawal } from './state.ts';
import { successionOf, type Succession } from './succession.ts';

/** What was told to the public, and taken back. Both maps are in display order. */
export interface Publications {
	readonly publications: ReadonlyMap<RecordId, Publication>;
	readonly withdrawals: ReadonlyMap<RecordId, Withdrawal>;
}

type PublicRecord = EditionRecord | LedgerRecord<'publish.withdraw'>;

/** A record with what can be said of it by itself. */
interface Weighed {
	readonly record: PublicRecord;
	readonly id: RecordId;
	/** Those of `after` that are about the same topic: nothing follows what belongs to another. */
	readonly after: readonly RecordId[];
	readonly publisher: MemberId | undefined;
	readonly cosigners: readonly MemberId[];
	readonly stands: boolean;
	readonly withdraws: boolean;
}

export function foldPublications(standing: Standing, ground: PublicationGround): Publications {
	const { ledger } = standing;
	const records: readonly PublicRecord[] = [
		...ledger.ofType('publish'),
		...ledger.ofType('publish.correct'),
		...ledger.ofType('publish.withdraw'),
	];
	const weighed = [...records].sort(byDisplayOrder).flatMap((record) => weigh(standing, ground, record) ?? []);
	const successions = successionsByTopic(weighed);
	const publications = new Map<RecordId, Publication>();
	const withdrawals = new Map<RecordId, Withdrawal>();
	for (const one of weighed) {
		const succession = successions.get(one.record.body.topic);
		if (!succession) continue;
		if (one.record.type === 'publish.withdraw')
			withdrawals.set(one.id, withdrawalOf(ledger, one, one.record, succession));
		else publications.set(one.id, publicationOf(one, one.record, succession));
	}
	return { publications, withdrawals };
}

/**
 * PUB-13: what a teller has seconded is judged under the revocations it names, so that a later one, also a malicious
 * one, unpublishes nothing (LEDGER 4.6); what nobody has seconded needs its author's right as everything does.
 */
function weigh(standing: Standing, ground: PublicationGround, record: PublicRecord): Weighed | undefined {
	const { ledger } = standing;
	const after = record.body.after.filter((id) => subjectOf(ledger, id)?.body.topic === record.body.topic);
	const publisher = authorMember(ledger, record);
	const own = standing.under(record.body.revs);
	const cosigners = own.view.has(record.id) ? cosignersOf(own.view, record.id, publisher) : [];
	const seconded = cosigners.some((member) => own.holds(member, 'teller'));
	if (!seconded && !standing.view.has(record.id)) return undefined;
	const withdraws = record.type === 'publish.withdraw';
	const stands = withdraws
		? mayHide(ledger, after, publisher, seconded)
		: seconded && isFounded(ledger, ground, record) && isCorrection(record, after);
	return { record, id: record.id, after, publisher, cosigners, stands, withdraws };
}

function subjectOf(ledger: LedgerReader, id: RecordId): PublicRecord | undefined {
	return editionOf(ledger, id) ?? ledger.find(id, 'publish.withdraw');
}

function editionOf(ledger: LedgerReader, id: RecordId): EditionRecord | undefined {
	return ledger.find(id, 'publish') ?? ledger.find(id, 'publish.correct');
}

function cosignersOf(ledger: LedgerReader, target: RecordId, author: MemberId | undefined): readonly MemberId[] {
	const approvals = assentsTo(ledger, target).filter(({ kind, member }) => kind === 'approve' && member !== author);
	return [...new Set(approvals.map(({ member }) => member))];
}

/** PUB-10: a correction names what it corrects, of its own topic. */
const isCorrection = ({ type }: EditionRecord, after: readonly RecordId[]): boolean =>
	type === 'publish' || after.length > 0;

/** PUB-9: at once by who published all that is named; anybody else of the office needs a teller. */
function mayHide(
	ledger: LedgerReader,
	after: readonly RecordId[],
	author: MemberId | undefined,
	seconded: boolean,
): boolean {
	const named = after.flatMap((id) => editionOf(ledger, id) ?? []);
	const own = author !== undefined && named.every((edition) => authorMember(ledger, edition) === author);
	return named.length > 0 && (own || seconded);
}

function successionsByTopic(weighed: readonly Weighed[]): ReadonlyMap<TopicId, Succession> {
	const byTopic = groupBy(weighed, ({ record }) => record.body.topic);
	return new Map([...byTopic].map(([topic, links]) => [topic, successionOf(links)]));
}

function publicationOf(one: Weighed, record: EditionRecord, succession: Succession): Publication {
	const { topic, close, consensus, minutes, text } = record.body;
	const { id, after, publisher, cosigners, stands } = one;
	return {
		...{ id, topic, close, consensus, minutes, text, after, publisher, cosigners, stands, at: record.at },
		reason: record.type === 'publish.correct' ? record.body.reason : undefined,
		current: succession.isCurrent(one),
		hiddenBy: succession.hiddenBy(one),
	};
}

function withdrawalOf(
	ledger: LedgerReader,
	one: Weighed,
	{ body, at }: LedgerRecord<'publish.withdraw'>,
	succession: Succession,
): Withdrawal {
	const { id, publisher, cosigners, stands } = one;
	const names = one.after.filter((named) => editionOf(ledger, named) !== undefined);
	const { topic, reason } = body;
	return { id, topic, reason, at, names, publisher, cosigners, stands, current: succession.isCurrent(one) };
}
