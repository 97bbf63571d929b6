import { permission } from '#core/roster/rules.ts';
import { followUpOf } from '#core/polls/following.ts';
import { mayOpenChoice } from '#core/polls/households.ts';
import { mayOpenPoll } from '#core/polls/opening-rules.ts';
import { mayClosePoll, mayCountHands } from '#core/polls/rules.ts';
import type { Meeting } from '#core/meetings/state.ts';
import { consensusAsked, consensusOn, mayReplyToDissent } from '#core/minutes/consensus-rules.ts';
import type { Gate } from '#core/procedures/definition.ts';
import { mayFreezeText } from '#core/proposals/rules.ts';
import { pendingPublication, pendingWithdrawal } from '#core/publication/amending.ts';
import { mayEnterNextStep } from '#core/topics/rules.ts';
import { currentStep, lastWords, pollsOf } from '#core/topics/selectors.ts';
import type { Topic } from '#core/topics/state.ts';
import { meetingTime } from '#lib/i18n/meeting-times.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { refusalText } from '#lib/i18n/refusals.ts';
import { stepName } from '#lib/i18n/steps.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';
import { hasMinutes, standingOf, type Standing } from './standing.ts';

/** Something this person may do about the topic now, most useful first. With `refusal` it is shown and says why not yet. */
export interface TopicAction {
	readonly does: 'advance' | 'freeze' | 'link';
	readonly label: string;
	readonly href?: string;
	readonly refusal?: string;
}

/** Each is offered where it leads on; whether it is allowed at all is asked of core. */
const OFFERED: Readonly<Record<Standing, readonly (keyof typeof OFFERS)[]>> = {
	writing: ['advance', 'freeze', 'meeting'],
	frozen: ['meeting', 'vote', 'choose', 'consensus', 'freeze'],
	agreeing: ['consensus', 'meeting', 'vote', 'choose', 'freeze'],
	voting: ['desk', 'heldMeeting'],
	counting: ['heldMeeting'],
	'not-passed': ['askAgain', 'freeze', 'meeting', 'vote', 'minutes', 'publish'],
	decided: ['replies', 'advance', 'askAgain', 'minutes'],
	recorded: ['replies', 'advance', 'publish', 'askAgain', 'minutes'],
	seconding: ['publish', 'minutes'],
	published: ['publish', 'minutes'],
	withdrawn: ['advance', 'publish', 'minutes'],
};

const OFFERS = {
	...{ advance, freeze, meeting, heldMeeting, vote, choose, askAgain, consensus, replies, desk, minutes, publish },
};

export function actionsFor(workspace: Workspace, topic: Topic): readonly TopicAction[] {
	const names = OFFERED[standingOf(workspace.state, topic)];
	return names.flatMap((name) => OFFERS[name](workspace, topic) ?? []);
}

/** What the next step still waits for, for whoever moves topics. */
export function closedGates(
	workspace: Workspace,
	topic: Topic,
): { readonly step: string; readonly gates: readonly Gate[] } | undefined {
	const procedure = workspace.procedureOf(topic.id);
	if (!procedure || !permission(workspace.state.roster, workspace.me, 'topic.stage').ok) return undefined;
	const allowed = mayEnterNextStep(workspace.state, workspace.me, topic, procedure);
	const next = nextStepOf(workspace, topic);
	return allowed.ok || allowed.error.gates.length === 0 || !next
		? undefined
		: { step: stepName(next), gates: allowed.error.gates };
}

/** The meeting that has the topic on its agenda and is not over. */
function meetingOf({ state }: Workspace, topic: Topic): Meeting | undefined {
	return [...state.meetings.values()].find(({ topics, status }) => status !== 'ended' && topics.includes(topic.id));
}

function advance(workspace: Workspace, topic: Topic): TopicAction | undefined {
	const procedure = workspace.procedureOf(topic.id);
	const allowed = procedure && mayEnterNextStep(workspace.state, workspace.me, topic, procedure);
	if (!allowed?.ok) return undefined;
	return { does: 'advance', label: m.topic_advance({ step: stepName(allowed.value.step) }) };
}

/** Once the next step asks for a frozen text, and again after that. */
function freeze(workspace: Workspace, topic: Topic): TopicAction | undefined {
	const again = topic.texts.length > 0;
	if (!again && !nextStepOf(workspace, topic)?.gates.includes('text-frozen')) return undefined;
	if (!mayFreezeText(workspace.state, workspace.me, topic).ok) return undefined;
	return { does: 'freeze', label: again ? m.topic_freeze_again() : m.topic_freeze() };
}

function meeting(workspace: Workspace, topic: Topic): TopicAction | undefined {
	const held = heldMeeting(workspace, topic);
	if (held || !permission(workspace.state.roster, workspace.me, 'meeting.convene').ok) return held;
	return { does: 'link', label: m.topic_to_meeting(), href: `/app/meetings/new?topic=${topic.id}` };
}

function heldMeeting(workspace: Workspace, topic: Topic): TopicAction | undefined {
	const held = meetingOf(workspace, topic);
	const label = held && m.topic_see_meeting({ time: meetingTime(held.time) });
	return label === undefined ? undefined : { does: 'link', label, href: `/app/meetings/${held?.id ?? ''}` };
}

/** A vote without a meeting has no chair's desk: turnout, hand counts and closing are here. */
function desk({ state, me }: Workspace, topic: Topic): TopicAction | undefined {
	const poll = pollsOf(state, topic.id).find(({ status, presentOnly }) => status === 'open' && !presentOnly);
	if (!poll || !(mayClosePoll(state, poll, me).ok || mayCountHands(poll, me).ok)) return undefined;
	return { does: 'link', label: m.topic_poll_desk(), href: `/app/topics/${topic.id}/vote` };
}

/** Without a meeting: everybody on the roll votes where they are. */
function vote(workspace: Workspace, topic: Topic): TopicAction | undefined {
	const allowed = mayOpenPoll(workspace.state, workspace.me, topic);
	if (!allowed.ok && allowed.error === 'not-permitted') return undefined;
	const action = { does: 'link', label: m.topic_open_vote(), href: `/app/topics/${topic.id}/vote` } as const;
	return allowed.ok ? action : { ...action, refusal: refusalText(allowed.error) };
}

/** A choice of the households, once somebody is entered in one. */
function choose({ state, me }: Workspace, topic: Topic): TopicAction | undefined {
	if (!mayOpenChoice(state, me, topic).ok) return undefined;
	return { does: 'link', label: m.choice_open_link(), href: `/app/topics/${topic.id}/choose` };
}

/** After a choice: among those ahead once more, or whether to keep what was tried. */
function askAgain({ state, me }: Workspace, topic: Topic): TopicAction | undefined {
	const chosen = lastWords(pollsOf(state, topic.id)).findLast(({ status }) => status === 'certified');
	const next = chosen && followUpOf(chosen);
	if (!next || !mayOpenChoice(state, me, topic, { poll: chosen.id, as: next.as }).ok) return undefined;
	const label = next.as === 'keep' ? m.choice_to_keep() : m.choice_to_run_off();
	return { does: 'link', label, href: `/app/topics/${topic.id}/choose?after=${chosen.id}` };
}

/** Settling it without a vote, for whoever may propose it; everybody else is asked by a card of its own. */
function consensus({ state, me }: Workspace, topic: Topic): TopicAction | undefined {
	if (!permission(state.roster, me, 'consensus').ok) return undefined;
	const label = consensusAsked(state, topic) ? m.topic_consensus_see() : m.topic_consensus_propose();
	return { does: 'link', label, href: `/app/topics/${topic.id}/consensus` };
}

/** What was settled without a vote: who was against it waits for an answer. */
function replies({ state, me }: Workspace, topic: Topic): TopicAction | undefined {
	const settled = consensusOn(state, topic);
	const open = settled?.dissent.some(({ member }) => mayReplyToDissent(state, me, settled, member).ok);
	return open
		? { does: 'link', label: m.topic_dissent_answer(), href: `/app/topics/${topic.id}/consensus` }
		: undefined;
}

function minutes({ state, me }: Workspace, topic: Topic): TopicAction | undefined {
	const written = hasMinutes(state, topic);
	if (!written && !permission(state.roster, me, 'minutes.freeze').ok) return undefined;
	const label = written ? m.topic_see_minutes() : m.topic_write_minutes();
	return { does: 'link', label, href: `/app/topics/${topic.id}/minutes` };
}

function publish({ state, me, roles }: Workspace, topic: Topic): TopicAction | undefined {
	const href = `/app/topics/${topic.id}/publish`;
	const waits = pendingPublication(state, topic.id) ?? pendingWithdrawal(state, topic.id);
	if (waits && roles.includes('teller')) return { does: 'link', label: m.topic_second(), href };
	if (standingOf(state, topic) === 'published') return { does: 'link', label: m.topic_see_public(), href };
	if (!permission(state.roster, me, 'publish').ok) return undefined;
	return { does: 'link', label: m.topic_publish(), href };
}

function nextStepOf(workspace: Workspace, topic: Topic) {
	const procedure = workspace.procedureOf(topic.id);
	const current = procedure && currentStep(topic, procedure);
	const now = procedure?.steps.findIndex(({ id }) => id === current) ?? -1;
	return now < 0 ? undefined : procedure?.steps[now + 1];
}
