import type { RecordId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import { objectTo } from '#core/polls/acts.ts';
import { mayObject } from '#core/polls/witness-rules.ts';
import type { Closing, Poll } from '#core/polls/state.ts';
import type { NotPermitted } from '#core/roster/rules.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

/** A voter says that a closing does not list this ballot, and what confirms it. Everybody sees it beside the result. */
export async function objectToClosing(
	workspace: Workspace,
	poll: Poll,
	closing: Closing,
	ballot: RecordId,
	receipt?: RecordId,
): Promise<Result<RecordId, WriteRefusal | NotPermitted>> {
	if (!mayObject(poll, closing, workspace.me)) return err('not-permitted');
	return workspace.write((composer) => objectTo(composer, closing.id, ballot, receipt));
}
