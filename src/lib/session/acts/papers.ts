import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { cosign, enterPaper } from '#core/polls/acts.ts';
import { picksOf } from '#core/polls/judging.ts';
import type { PaperChoice } from '#core/polls/records.ts';
import type { RollUnit } from '#core/polls/roll.ts';
import { mayCountHands, type ClosingRefusal } from '#core/polls/rules.ts';
import type { Poll } from '#core/polls/state.ts';
import { authorMember } from '#core/roster/authorship.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

/** What somebody marked on a paper; in a choice with the options picked, by index. */
export interface PaperWish {
	readonly choice: PaperChoice;
	readonly picks?: readonly number[];
}
/** What a teller reads off one paper. */
export interface PaperReading extends PaperWish {
	readonly serial: string;
	readonly unit: RollUnit;
}
/** A paper as it was entered, and the other tellers who entered the same. */
export interface EnteredPaper extends PaperWish {
	readonly id: RecordId;
	readonly serial: string;
	readonly unit: string;
	readonly author: MemberId | undefined;
	readonly signers: readonly MemberId[];
}
/** What became of an entry: the first of its paper, the same as the other teller's, or another. */
export type PaperMatch =
	{ readonly kind: 'first' | 'agrees' } | { readonly kind: 'differs'; readonly other: EnteredPaper };
export type PaperRefusal = ClosingRefusal | 'paper-entered-twice';

/** The papers of a poll, without those that their own author has entered anew. */
export function papersIn(workspace: Workspace, poll: Poll): readonly EnteredPaper[] {
	void workspace.revision;
	const { view: ledger } = workspace.standing;
	const papers = ledger.citing(poll.id, 'paper.ballot').filter(({ scope }) => scope === poll.id);
	const replaced = new Set(papers.flatMap(({ body }) => body.replaces));
	return papers
		.filter(({ id }) => !replaced.has(id))
		.map((paper) => {
			const { serial, choice, picks = [], voter, unit = unitOf(poll, voter) } = paper.body;
			const author = authorMember(ledger, paper);
			const cosigns = ledger.citing(paper.id, 'cosign').filter(({ body }) => body.kind === 'paper');
			const signed = cosigns.map((cosigned) => authorMember(ledger, cosigned));
			const signers = poll.tellers.filter((teller) => teller !== author && signed.includes(teller));
			return { id: paper.id, serial, unit, choice, picks, author, signers };
		});
}

/**
 * POLL-18: one form for both tellers. Who enters a paper first writes it down; who enters it second, without seeing the
 * first entry, countersigns it if both read the same, and otherwise is told what the first one read.
 */
export async function readPaper(
	workspace: Workspace,
	poll: Poll,
	{ serial, unit, ...wish }: PaperReading,
): Promise<Result<PaperMatch, WriteRefusal | PaperRefusal>> {
	const allowed = mayCountHands(poll, workspace.me);
	if (!allowed.ok) return allowed;
	const same = papersIn(workspace, poll).filter((paper) => paper.serial === serial);
	if (same.some(({ signers }) => signers.length > 0)) return err('paper-entered-twice');
	const other = same.find(({ author }) => author !== workspace.me);
	if (other && (other.unit !== unit.unit || !saysTheSame(poll, other, wish))) return ok({ kind: 'differs', other });
	const replaces = same.map(({ id }) => id);
	const [voter] = unit.members;
	if (voter === undefined) return err('not-permitted');
	const written = await workspace.write((composer) =>
		other
			? cosign(composer, undefined, other.id, 'paper', poll.id)
			: enterPaper(composer, poll.id, { voter, unit: unit.unit, ...wish, serial, replaces }),
	);
	return written.ok ? ok({ kind: other ? 'agrees' : 'first' }) : written;
}

/** The order of what is picked says something only where ballots rank. */
const saysTheSame = (poll: Poll, one: PaperWish, other: PaperWish): boolean =>
	one.choice === other.choice && picksOf(poll, one).join() === picksOf(poll, other).join();

const unitOf = ({ roll = [] }: Poll, voter: MemberId): string =>
	roll.find(({ members }) => members.includes(voter))?.unit ?? '';
