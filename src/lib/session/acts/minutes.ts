import type { RecordId } from '#core/kernel/ids.ts';
import type { Result } from '#core/kernel/result.ts';
import { approveMinutes, freezeMinutes } from '#core/minutes/acts.ts';
import { mayApproveMinutes, mayCosignMinutes, type ApproveRefusal, type CosignRefusal } from '#core/minutes/rules.ts';
import type { Minutes } from '#core/minutes/state.ts';
import { cosign } from '#core/polls/acts.ts';
import { assentNeeded } from '#core/procedures/of-topic.ts';
import { freezeText } from '#core/proposals/text.ts';
import { permission } from '#core/roster/rules.ts';
import { minutesOf } from '#core/topics/selectors.ts';
import type { Topic } from '#core/topics/state.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

type Outcome<Code extends string> = Promise<Result<RecordId, WriteRefusal | Code>>;

/** 定稿: the minutes as they are now are what members agree to. */
export async function freeze(
	workspace: Workspace,
	topic: Topic,
	editorJson: unknown,
): Outcome<'not-permitted' | 'text-invalid'> {
	const allowed = permission(workspace.state.roster, workspace.me, 'minutes.freeze');
	if (!allowed.ok) return allowed;
	const text = freezeText(editorJson);
	if (!text.ok) return text;
	const replaced = minutesOf(workspace.state, topic.id);
	return workspace.write((composer) => freezeMinutes(composer, allowed.value, topic.id, text.value, replaced));
}

/** 同意 or 反对 this version of the minutes. */
export async function assent(
	workspace: Workspace,
	minutes: Minutes,
	kind: 'approve' | 'object',
): Outcome<CosignRefusal> {
	const allowed = mayCosignMinutes(workspace.state, workspace.me, minutes);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => cosign(composer, allowed.value, minutes.id, kind));
}

/** How many members other than the approver must have agreed. */
export function assentsNeeded(workspace: Workspace, minutes: Minutes): number {
	return assentNeeded(workspace.ledger, workspace.blob, minutes.topic);
}

export async function approve(workspace: Workspace, minutes: Minutes): Outcome<ApproveRefusal> {
	const needed = assentsNeeded(workspace, minutes);
	const allowed = mayApproveMinutes(workspace.state, workspace.me, minutes, needed);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => approveMinutes(composer, allowed.value, minutes));
}
