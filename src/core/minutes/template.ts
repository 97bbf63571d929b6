import type { MemberId, TopicId } from '../kernel/ids.ts';
import type { CornerState } from '../ledger/fold.ts';
import { presentAt } from '../meetings/selectors.ts';
import type { Meeting } from '../meetings/state.ts';
import type { Poll } from '../polls/state.ts';
import type { BlockNode, RichText, TextNode } from '../proposals/text.ts';
import { membersWith } from '../roster/selectors.ts';
import { pollsOf } from '../topics/selectors.ts';

const FACTS = ['time', 'place', 'chair', 'secretary', 'eligible', 'present'] as const;
/** What only people can say; each block starts empty. */
const BLOCKS = ['decisions', 'tasks', 'remarks'] as const;
type Label = (typeof FACTS)[number] | 'agenda' | 'votes' | (typeof BLOCKS)[number];

/** The words of minutes in one language, and how facts are said in it. */
export interface MinutesWords {
	readonly labels: Readonly<Record<Label, string>>;
	/** Between a label and what follows it. */
	readonly colon: string;
	/** Stands where a fact is not known. */
	readonly unknown: string;
	/** An empty line to fill in: a decision, a task with person and date, a remark. */
	readonly blanks: Readonly<Record<(typeof BLOCKS)[number], string>>;
	readonly names: (members: readonly MemberId[]) => string;
	readonly people: (count: number) => string;
	readonly time: (text: string) => string;
	readonly title: (topic: TopicId) => string;
	/** A certified vote in one sentence: question, result, numbers. */
	readonly vote: (poll: Poll) => string;
}

/** Minutes filled from what the ledger already knows, so that nobody types it again (UX 9). */
export function minutesTemplate(
	state: CornerState,
	topic: TopicId,
	meeting: Meeting | undefined,
	words: MinutesWords,
): RichText {
	const agenda = meeting?.topics ?? [topic];
	const votes = agenda.flatMap((id) => pollsOf(state, id)).filter(({ standing }) => standing !== undefined);
	const facts = factsOf(state, meeting, words);
	const content = [
		...FACTS.map((name) => fact(words.labels[name] + words.colon, facts[name] ?? words.unknown)),
		...titled(words.labels.agenda, numbered(agenda.map(words.title))),
		...titled(words.labels.votes, bullets(votes.length > 0 ? votes.map(words.vote) : [words.unknown])),
		...BLOCKS.flatMap((name) => titled(words.labels[name], bullets([words.blanks[name]]))),
	];
	return { type: 'doc', content };
}

function factsOf(
	{ roster }: CornerState,
	meeting: Meeting | undefined,
	{ names, people, time }: MinutesWords,
): Readonly<Record<(typeof FACTS)[number], string | undefined>> {
	const present = presentAt(meeting);
	const secretaries = membersWith(roster, 'secretary');
	return {
		time: meeting && time(meeting.time),
		place: meeting?.place,
		chair: meeting?.convener && names([meeting.convener]),
		secretary: secretaries.length > 0 ? names(secretaries) : undefined,
		eligible: people(roster.members.size),
		present: present && people(present.length),
	};
}

function fact(label: string, value: string): BlockNode {
	return { type: 'paragraph', content: [{ type: 'text', text: label, marks: [{ type: 'bold' }] }, words(value)] };
}

function titled(heading: string, list: BlockNode): readonly BlockNode[] {
	return [{ type: 'heading', attrs: { level: 2 }, content: [words(heading)] }, list];
}

const bullets = (lines: readonly string[]): BlockNode => ({ type: 'bulletList', content: lines.map(item) });
const numbered = (lines: readonly string[]): BlockNode => ({
	type: 'orderedList',
	attrs: { start: 1 },
	content: lines.map(item),
});

const item = (text: string): BlockNode => ({
	type: 'listItem',
	content: [{ type: 'paragraph', content: [words(text)] }],
});

const words = (text: string): TextNode => ({ type: 'text', text });
