import { fromHex, shortHash, type BlobHash, type MemberId, type RecordId, type TopicId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { decodeMemberBlob, decodeTextBlob, type BlobSource } from '../ledger/blobs.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { MajorityRule, SevenCounts } from '../polls/records.ts';
import type { Decision } from '../polls/decision.ts';
import type { Procedure } from '../procedures/definition.ts';
import { procedureOf } from '../procedures/of-topic.ts';
import { readText, type RichText } from '../proposals/text.ts';
import { cardField } from '../roster/records.ts';
import { maskName, maskNamesIn } from './mask.ts';

/** Everything the public sees of one outcome, and nothing else. Plain JSON: the preview and the page show the same. */
export interface PublicDocument {
	readonly slug: string;
	readonly grid: { readonly id: string; readonly name: string };
	readonly topic: TopicId;
	readonly title: string;
	/** Claimed milliseconds of the topic's opening and of the publication. */
	readonly raisedAt: number;
	readonly publishedAt: number;
	readonly procedure: Pick<Procedure, 'id' | 'name' | 'steps'> | undefined;
	/** The step the topic is in. */
	readonly step: string | undefined;
	readonly decided: PublicVote | PublicConsensus;
	readonly text: RichText;
	/** First characters of the frozen text's hash, as on ballot and result. */
	readonly textHash: string;
	readonly minutes: RichText;
	readonly people: { readonly publisher: string; readonly tellers: readonly string[] };
}
export interface PublicVote {
	readonly by: 'vote';
	readonly question: string;
	readonly rule: MajorityRule;
	readonly counts: SevenCounts;
	readonly decision: Decision;
	/** Whether only those present were counted. */
	readonly presentOnly: boolean;
}
export interface PublicConsensus {
	readonly by: 'consensus';
}

export type PublicationRefusal = 'publication-unknown' | 'blob-missing' | 'decision-missing';

interface Source {
	readonly ledger: Ledger;
	readonly state: CornerState;
	readonly blobs: BlobSource;
}

/** PUB-3: what a publication says in public. `publish` need not stand yet: the preview is the same function. */
export function publicDocument(source: Source, publish: RecordId): Result<PublicDocument, PublicationRefusal> {
	const publication = source.state.publications.get(publish);
	const { topic, text, minutes, close, consensus } = publication ?? {};
	if (!publication || !topic || !text || !minutes) return err('publication-unknown');
	return describeOutcome(source, { topic, text, minutes, close, consensus }, publication.publisher, publication.at);
}

/** What a publication rests on. */
export interface OutcomeParts {
	readonly topic: TopicId;
	readonly text: RecordId;
	readonly minutes: RecordId;
	readonly close: RecordId | undefined;
	readonly consensus: RecordId | undefined;
}

export function describeOutcome(
	source: Source,
	parts: OutcomeParts,
	publisher: MemberId | undefined,
	at: number,
): Result<PublicDocument, PublicationRefusal> {
	const { state, ledger, blobs } = source;
	const topic = state.topics.get(parts.topic);
	const frozen = ledger.find(parts.text, 'text.freeze');
	const approved = state.minutes.get(parts.minutes);
	const grid = state.roster.grid;
	if (!topic || !frozen || !approved || !grid) return err('publication-unknown');
	const title = decodeTextBlob(blobs(topic.title));
	const text = readText(blobs(frozen.body.blob));
	const minutes = readText(blobs(approved.blob));
	const procedure = procedureOf(ledger, blobs, topic.id);
	if (title === undefined || !text || !minutes || !procedure) return err('blob-missing');
	const decided = decisionOf(source, parts);
	if (!decided) return err('decision-missing');
	const names = namesOnRoster(source);
	return ok({
		slug: slugOf(topic.id),
		grid: { id: grid.id, name: grid.name },
		...{ topic: topic.id, title, raisedAt: topic.at, publishedAt: at },
		procedure: { id: procedure.id, name: procedure.name, steps: procedure.steps },
		step: topic.stages.at(-1)?.stage ?? procedure.steps[0]?.id,
		decided,
		text: maskNamesIn(text, names),
		textHash: shortHash(frozen.body.blob),
		minutes: maskNamesIn(minutes, names),
		people: peopleOf(source, parts, publisher),
	});
}

/** ARCHITECTURE 8.6: ten base32 characters of the topic's id; corrections keep the address. */
export function slugOf(topic: TopicId): string {
	const digits = 'abcdefghijklmnopqrstuvwxyz234567';
	const value = [...fromHex(topic).slice(0, 7)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) >> 6n;
	return Array.from({ length: 10 }, (_, index) => digits[Number((value >> BigInt(45 - index * 5)) & 31n)]).join('');
}

function decisionOf({ state, ledger }: Source, parts: OutcomeParts): PublicVote | PublicConsensus | undefined {
	if (parts.consensus !== undefined) return { by: 'consensus' };
	const close = ledger.find(parts.close, 'poll.close');
	const poll = close && state.polls.get(close.body.poll);
	const closing = poll?.closings.find(({ id }) => id === parts.close);
	if (!poll || !closing) return undefined;
	const { question, rule, presentOnly } = poll;
	return { by: 'vote', question, rule, counts: closing.declared, decision: closing.decision, presentOnly };
}

function peopleOf(source: Source, parts: OutcomeParts, publisher: MemberId | undefined): PublicDocument['people'] {
	const close = source.ledger.find(parts.close, 'poll.close');
	const closing = close && source.state.polls.get(close.body.poll)?.closings.find(({ id }) => id === close.id);
	const name = (member: MemberId | undefined) => maskedName(source, member);
	return { publisher: name(publisher), tellers: (closing?.certifiers ?? []).map(name) };
}

function maskedName(source: Source, member: MemberId | undefined): string {
	const name = member && nameOf(source, source.state.roster.members.get(member)?.card);
	return name ? maskName(name) : '*';
}

/** Members and those who wait: nobody's name leaves the corner. */
function namesOnRoster(source: Source): readonly string[] {
	const { members, newcomers } = source.state.roster;
	return [...members.values(), ...newcomers].flatMap(({ card }) => nameOf(source, card) ?? []);
}

function nameOf({ blobs }: Source, card: BlobHash | undefined): string | undefined {
	return card && decodeMemberBlob(cardField, blobs(card))?.name;
}
