import { fromHex, shortHash, type BlobHash, type MemberId, type RecordId, type TopicId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { decodeMemberBlob, decodeTextBlob, type BlobSource } from '../ledger/blobs.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { Counts } from '../polls/counts.ts';
import { leadingTo } from '../polls/following.ts';
import type { PollForm, UnitKind } from '../polls/records.ts';
import type { DecisionRule } from '../polls/rule.ts';
import type { Decision } from '../polls/decision.ts';
import type { Closing, Poll } from '../polls/state.ts';
import type { Procedure } from '../procedures/definition.ts';
import { procedureOf } from '../procedures/of-topic.ts';
import { readText, type RichText } from '../proposals/text.ts';
import { cardField } from '../roster/records.ts';
import { historyOf, type PublicChange } from './history.ts';
import { maskName, maskNamesIn, maskWords } from './mask.ts';
import type { Edition, OutcomeParts } from './state.ts';

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
	/** Corrections and withdrawals on the way here, the latest first. */
	readonly history: readonly PublicChange[];
}
export interface PublicVote extends PublicCount {
	readonly by: 'vote';
	/** The votes that led to it, the first one first: a tie before a second round, a choice before its trial. */
	readonly before: readonly PublicCount[];
	/** It asked, after a trial, whether to keep what was tried. */
	readonly asksToKeep: boolean;
}
export interface PublicCount {
	readonly question: string;
	readonly form: PollForm;
	/** Of a choice, the options' names. */
	readonly options: readonly string[];
	readonly unit: UnitKind;
	readonly rule: DecisionRule;
	readonly counts: Counts;
	readonly decision: Decision;
	/** Whether only those present were counted. */
	readonly presentOnly: boolean;
}
/** CONS-4: settled without a vote; how many agreed and disagreed, and what those who disagreed were answered. */
export interface PublicConsensus {
	readonly by: 'consensus';
	readonly agreed: number;
	readonly dissent: number;
	/** Objections that came after it was recorded. */
	readonly unheard: number;
	readonly replies: readonly string[];
}

export type PublicationRefusal = 'publication-unknown' | 'blob-missing' | 'decision-missing';

export interface PublicSource {
	readonly ledger: LedgerReader;
	readonly state: CornerState;
	readonly blobs: BlobSource;
}

/** Votes before the one that decided, at most. */
export const MOST_BEFORE = 32;

/** PUB-3: what a publication says in public. `publish` need not stand yet: the preview is the same function. */
export function publicDocument(source: PublicSource, publish: RecordId): Result<PublicDocument, PublicationRefusal> {
	const publication = source.state.publications.get(publish);
	return publication ? describeOutcome(source, publication) : err('publication-unknown');
}

export function describeOutcome(source: PublicSource, edition: Edition): Result<PublicDocument, PublicationRefusal> {
	const { state, ledger, blobs } = source;
	const topic = state.topics.get(edition.topic);
	const frozen = ledger.find(edition.text, 'text.freeze');
	const approved = state.minutes.get(edition.minutes);
	const grid = state.roster.grid;
	if (!topic || !frozen || !approved || !grid) return err('publication-unknown');
	const names = namesOnRoster(source);
	const title = decodeTextBlob(blobs(topic.title));
	const text = readText(blobs(frozen.body.blob));
	const minutes = readText(blobs(approved.blob));
	const procedure = procedureOf(ledger, blobs, topic.id);
	const history = historyOf(source, edition, names);
	if (title === undefined || !text || !minutes || !procedure || !history) return err('blob-missing');
	const decided = decisionOf(source, edition, names);
	if (!decided.ok) return decided;
	return ok({
		slug: slugOf(topic.id),
		grid: { id: grid.id, name: grid.name },
		...{ topic: topic.id, title: maskWords(title, names), raisedAt: topic.at, publishedAt: edition.at },
		procedure: { id: procedure.id, name: procedure.name, steps: procedure.steps },
		step: topic.stages.at(-1)?.stage ?? procedure.steps[0]?.id,
		decided: decided.value,
		text: maskNamesIn(text, names),
		textHash: shortHash(frozen.body.blob),
		minutes: maskNamesIn(minutes, names),
		people: peopleOf(source, edition, edition.publisher),
		history,
	});
}

/** ARCHITECTURE 8.6: ten base32 characters of the topic's id; corrections keep the address. */
export function slugOf(topic: TopicId): string {
	const digits = 'abcdefghijklmnopqrstuvwxyz234567';
	const value = [...fromHex(topic).slice(0, 7)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) >> 6n;
	return Array.from({ length: 10 }, (_, index) => digits[Number((value >> BigInt(45 - index * 5)) & 31n)]).join('');
}

type Decided = Result<PublicVote | PublicConsensus, PublicationRefusal>;

function decisionOf(source: PublicSource, parts: OutcomeParts, names: readonly string[]): Decided {
	if (parts.consensus !== undefined) return consensusOf(source, parts.consensus, names);
	const { state, ledger } = source;
	const close = ledger.find(parts.close, 'poll.close');
	const poll = close && state.polls.get(close.body.poll);
	const closing = poll?.closings.find(({ id }) => id === parts.close);
	if (!poll || !closing) return err('decision-missing');
	const before = leadingTo(state.polls, poll)
		.slice(-MOST_BEFORE)
		.flatMap((one) => (one.standing ? countOf(one, one.standing, names) : []));
	return ok({ by: 'vote', ...countOf(poll, closing, names), before, asksToKeep: poll.follows?.as === 'keep' });
}

function countOf(poll: Poll, { declared, decision }: Closing, names: readonly string[]): PublicCount {
	const { form, unit, rule, presentOnly } = poll;
	const question = maskWords(poll.question, names);
	const options = poll.options.map((option) => maskWords(option, names));
	return { question, form, options, unit, rule, counts: declared, decision, presentOnly };
}

function consensusOf({ state, blobs }: PublicSource, id: RecordId, names: readonly string[]): Decided {
	const consensus = state.consensus.get(id);
	if (!consensus) return err('decision-missing');
	const { agreed, dissent, unheard } = consensus;
	const held = dissent.flatMap(({ replies }) => replies.map(({ words }) => decodeTextBlob(blobs(words))));
	const replies = held.flatMap((words) => (words === undefined ? [] : [maskWords(words, names)]));
	if (replies.length < held.length) return err('blob-missing');
	const counts = { agreed: agreed.length, dissent: dissent.length, unheard: unheard.length };
	return ok({ by: 'consensus', ...counts, replies });
}

function peopleOf(
	source: PublicSource,
	parts: OutcomeParts,
	publisher: MemberId | undefined,
): PublicDocument['people'] {
	const close = source.ledger.find(parts.close, 'poll.close');
	const closing = close && source.state.polls.get(close.body.poll)?.closings.find(({ id }) => id === close.id);
	const name = (member: MemberId | undefined) => maskedName(source, member);
	return { publisher: name(publisher), tellers: (closing?.certifiers ?? []).map(name) };
}

export function maskedName(source: PublicSource, member: MemberId | undefined): string {
	const name = member && nameOf(source, source.state.roster.members.get(member)?.card);
	return name ? maskName(name) : '*';
}

/** Members and those who wait: nobody's name leaves the corner. */
export function namesOnRoster(source: Pick<PublicSource, 'ledger' | 'blobs'>): readonly string[] {
	const cards = (['member.add', 'member.card', 'join'] as const).flatMap((type) =>
		source.ledger.ofType(type).map(({ body }) => body.card),
	);
	return [...new Set(cards.flatMap((card) => nameOf(source, card) ?? []))];
}

function nameOf({ blobs }: Pick<PublicSource, 'blobs'>, card: BlobHash | undefined): string | undefined {
	return card && decodeMemberBlob(cardField, blobs(card))?.name;
}
