import type { RecordId } from '#core/kernel/ids.ts';
import type { Poll } from '#core/polls/state.ts';
import { authorMember } from '#core/roster/authorship.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

/** 王芳（1-101），由李建国代投: whose ballot a record is, by the ways it can come in. Never what it says. */
export function ballotName(workspace: Workspace, poll: Poll, id: RecordId): string {
	const { ledger } = workspace;
	const paper = ledger.find(id, 'paper.ballot');
	if (paper) {
		const who = voterName(workspace, poll, paper.body.voter, paper.body.unit);
		return m.owner_paper_of({ who, serial: paper.body.serial });
	}
	const ballot = ledger.find(id, 'ballot');
	if (!ballot) return m.poll_hands_title();
	const author = authorMember(ledger, ballot);
	const who = voterName(workspace, poll, ballot.body.for ?? author, ballot.body.unit);
	return ballot.body.for === undefined ? who : m.owner_proxy_of({ who, holder: workspace.nameOf(author) });
}

/** Each once, as one line. */
export const ballotNames = (workspace: Workspace, poll: Poll, ids: readonly RecordId[]): string =>
	[...new Set(ids.map((id) => ballotName(workspace, poll, id)))].join(m.list_comma());

function voterName(workspace: Workspace, poll: Poll, voter: RecordId | undefined, named: string | undefined): string {
	const name = workspace.nameOf(voter);
	if (poll.unit !== 'owner') return name;
	const unit = named ?? poll.roll?.find(({ members }) => voter !== undefined && members.includes(voter))?.unit;
	return unit === undefined ? name : m.owner_who_unit({ name, unit });
}
