import type { TopicId } from '#core/kernel/ids.ts';
import { meetingOnTopic } from '#core/meetings/selectors.ts';
import type { Task } from '#core/tasks/selectors.ts';
import { timeLeft } from '#lib/i18n/dates.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

/** One task in words: what it is, what it is about, and the way there. */
export interface Ask {
	readonly key: string;
	readonly href: string;
	/** The kind of thing, in two to six characters: 要表决. */
	readonly label: string;
	/** The question or the deed, as a heading. */
	readonly title: string;
	readonly about: string | undefined;
	/** The verb on the button. */
	readonly button: string;
	readonly deadline: string | undefined;
}

export function askOf(workspace: Workspace, task: Task, now: number): Ask {
	const key = Object.values(task).join(' ');
	return { key, deadline: undefined, ...wordsOf(workspace, task, now) };
}

type Words = Omit<Ask, 'key' | 'deadline'> & { readonly deadline?: string | undefined };

function wordsOf(workspace: Workspace, task: Task, now: number): Words {
	switch (task.kind) {
		case 'vote':
			return {
				href: `/app/vote/${task.poll}`,
				label: m.task_vote(),
				title: workspace.state.polls.get(task.poll)?.question ?? workspace.titleOf(task.topic),
				about: undefined,
				button: m.task_vote_go(),
				deadline: task.closesAt === undefined ? undefined : timeLeft(task.closesAt, now),
			};
		case 'countersign-hands':
			return {
				href: deskOf(workspace, task.topic),
				label: m.task_teller(),
				title: m.task_countersign(),
				about: workspace.titleOf(task.topic),
				button: m.task_countersign_go(),
			};
		case 'certify':
			return {
				href: `/app/vote/${task.poll}/result`,
				label: m.task_teller(),
				title: m.task_certify(),
				about: workspace.titleOf(task.topic),
				button: m.task_certify_go(),
			};
		case 'admit':
			return {
				href: '/app/roster',
				label: m.task_roster(),
				title: m.task_admit({ count: task.newcomers }),
				about: undefined,
				button: m.task_admit_go(),
			};
		case 'answer-proposal':
			return {
				href: `/app/topics/${task.topic}/consensus`,
				label: m.task_proposal(),
				title: workspace.titleOf(task.topic),
				about: m.task_answer_proposal(),
				button: m.task_answer_proposal_go(),
			};
		case 'answer-dissent':
			return {
				href: `/app/topics/${task.topic}/consensus`,
				label: m.task_convener(),
				title: m.task_answer_dissent(),
				about: workspace.titleOf(task.topic),
				button: m.task_answer_dissent_go(),
			};
		case 'agree-to-minutes':
			return {
				href: `/app/topics/${task.topic}/minutes`,
				label: m.task_minutes(),
				title: m.task_agree(),
				about: workspace.titleOf(task.topic),
				button: m.task_agree_go(),
			};
		case 'approve-minutes':
			return {
				href: `/app/topics/${task.topic}/minutes`,
				label: m.task_minutes(),
				title: m.task_approve(),
				about: workspace.titleOf(task.topic),
				button: m.task_approve_go(),
			};
		case 'second-publication':
			return {
				href: `/app/topics/${task.topic}/publish`,
				label: m.task_teller(),
				title: m.task_second(),
				about: workspace.titleOf(task.topic),
				button: m.task_second_go(),
			};
		case 'publish':
			return {
				href: `/app/topics/${task.topic}/publish`,
				label: m.task_convener(),
				title: m.task_publish(),
				about: workspace.titleOf(task.topic),
				button: m.task_publish_go(),
			};
		case 'invite':
			return {
				href: '/app/roster/invite',
				label: m.task_first_step(),
				title: m.task_invite(),
				about: m.task_invite_about(),
				button: m.task_invite_go(),
			};
		case 'name-tellers':
			return {
				href: '/app/roster',
				label: m.task_roster(),
				title: m.task_tellers(),
				about: m.task_tellers_about(),
				button: m.task_tellers_go(),
			};
		case 'finish-draft':
			return {
				href: `/app/topics/${task.topic}`,
				label: m.task_draft(),
				title: m.task_finish_draft(),
				about: workspace.titleOf(task.topic),
				button: m.task_finish_draft_go(),
			};
	}
}

function deskOf({ state }: Workspace, topic: TopicId): string {
	const meeting = meetingOnTopic(state, topic);
	return meeting ? `/app/meetings/${meeting.id}/run` : `/app/topics/${topic}`;
}
