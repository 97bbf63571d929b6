import type { MemberId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { CornerState } from '../ledger/fold.ts';
import { consensusOn, isAnswered } from '../minutes/consensus-rules.ts';
import type { Procedure } from '../procedures/definition.ts';
import { permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import { rolesOf } from '../roster/selectors.ts';
import { currentStep, minutesOf, passedPoll } from '../topics/selectors.ts';
import type { Topic } from '../topics/state.ts';
import { withdrawable } from './amending.ts';
import { failedPoll } from './deciding.ts';
import { publicFace } from './selectors.ts';
import type { OutcomeParts, Seconded } from './state.ts';

export type PublishRefusal =
	| NotPermitted
	| 'not-decided'
	| 'minutes-not-approved'
	| 'step-not-reached'
	| 'already-published'
	| 'dissent-unanswered';
export type SecondRefusal = 'not-a-teller' | 'own-publication' | 'already-cosigned';
/** Of correcting and withdrawing. */
export type AmendRefusal = NotPermitted | 'not-published';

/** What would be published of a topic now; undefined until it is decided and its minutes are approved. */
export function publishableParts(state: CornerState, topic: Topic): OutcomeParts | undefined {
	const text = topic.texts[0]?.id;
	const minutes = minutesOf(state, topic.id).find(({ approval }) => approval !== undefined)?.id;
	const passed = passedPoll(state, topic)?.standing?.id;
	const consensus = passed === undefined ? consensusOn(state, topic)?.id : undefined;
	const close = consensus === undefined ? (passed ?? failedPoll(state, topic)?.standing?.id) : undefined;
	if (text === undefined || minutes === undefined || (close === undefined && consensus === undefined)) return undefined;
	return { topic: topic.id, text, minutes, close, consensus };
}

/**
 * PUB-1: decided, dissent answered, minutes approved, in the procedure's last step, and not public already. What was not
 * adopted goes no further (RULES B.3), and is published in the step where it failed (PUB-14).
 */
export function mayPublish(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
	procedure: Procedure,
): Result<Permission, PublishRefusal> {
	const allowed = permission(state.roster, member, 'publish');
	if (!allowed.ok) return allowed;
	if (publicFace(state, topic.id)?.shows === 'publication') return err('already-published');
	if (!minutesOf(state, topic.id).some(({ approval }) => approval !== undefined)) return err('minutes-not-approved');
	if (!publishableParts(state, topic)) return err('not-decided');
	if (!isDissentAnswered(state, topic)) return err('dissent-unanswered');
	const isAtEnd = currentStep(topic, procedure) === procedure.steps.at(-1)?.id;
	return isAtEnd || failedPoll(state, topic) ? allowed : err('step-not-reached');
}

/** CONS-5, RULES B.5: who disagreed gets an answer before the outcome is public. */
export function isDissentAnswered(state: CornerState, topic: Topic): boolean {
	return consensusOn(state, topic)?.dissent.every(isAnswered) ?? true;
}

/** PUB-2: a teller other than who wrote it cosigns; then it takes effect. */
export function maySecondPublication(
	state: CornerState,
	member: MemberId | undefined,
	{ publisher, cosigners }: Seconded,
): Result<MemberId, SecondRefusal> {
	if (member === undefined || !rolesOf(state.roster, member).includes('teller')) return err('not-a-teller');
	if (publisher === member) return err('own-publication');
	return cosigners.includes(member) ? err('already-cosigned') : ok(member);
}

/** PUB-10: the office corrects what is public. */
export function mayCorrect(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
): Result<Permission, AmendRefusal> {
	if (publicFace(state, topic.id)?.shows !== 'publication') return err('not-published');
	return permission(state.roster, member, 'publish.correct');
}

/** What a correction says: what stands decided by now, or else what it said before with a word beside it. */
export function correctedParts(state: CornerState, topic: Topic): OutcomeParts | undefined {
	const face = publicFace(state, topic.id);
	if (face?.shows !== 'publication') return undefined;
	const { text, minutes, close, consensus } = face.publication;
	return publishableParts(state, topic) ?? { topic: topic.id, text, minutes, close, consensus };
}

export interface WithdrawPermission {
	readonly as: Permission;
	/** Whether it takes effect without a teller. */
	readonly atOnce: boolean;
}

/** PUB-9: the office takes back what is public or waits to be; at once what the same person published. */
export function mayWithdraw(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
): Result<WithdrawPermission, AmendRefusal> {
	const allowed = permission(state.roster, member, 'publish.withdraw');
	if (!allowed.ok) return allowed;
	const named = withdrawable(state, topic.id);
	if (named.length === 0) return err('not-published');
	return ok({ as: allowed.value, atOnce: named.every(({ publisher }) => publisher === member) });
}
