import type { MemberId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { Procedure } from '../procedures/definition.ts';
import { permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import { rolesOf } from '../roster/selectors.ts';
import { currentStep, minutesOf, passedPoll } from '../topics/selectors.ts';
import type { Topic } from '../topics/state.ts';
import type { OutcomeParts } from './document.ts';
import type { Publication } from './state.ts';

export type PublishRefusal = NotPermitted | 'not-decided' | 'minutes-not-approved' | 'step-not-reached';
export type SecondRefusal = 'not-a-teller' | 'own-publication' | 'already-cosigned';

/** What would be published of a topic now; undefined until it is decided and its minutes are approved. */
export function publishableParts(state: CornerState, topic: Topic): OutcomeParts | undefined {
	const text = topic.texts[0]?.id;
	const minutes = minutesOf(state, topic.id).find(({ approval }) => approval !== undefined)?.id;
	const close = passedPoll(state, topic)?.standing?.id;
	const consensus = [...state.consensus.values()].find(({ topic: id, stands }) => id === topic.id && stands)?.id;
	if (text === undefined || minutes === undefined || (close === undefined && consensus === undefined)) return undefined;
	return { topic: topic.id, text, minutes, close, consensus: close === undefined ? consensus : undefined };
}

/** PUB-1: decided, minutes approved, and the topic has come to the procedure's last step. */
export function mayPublish(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
	procedure: Procedure,
): Result<Permission, PublishRefusal> {
	const allowed = permission(state.roster, member, 'publish');
	if (!allowed.ok) return allowed;
	if (!minutesOf(state, topic.id).some(({ approval }) => approval !== undefined)) return err('minutes-not-approved');
	if (!publishableParts(state, topic)) return err('not-decided');
	return currentStep(topic, procedure) === procedure.steps.at(-1)?.id ? allowed : err('step-not-reached');
}

/** PUB-2: a teller other than the publisher cosigns, and the outcome becomes public. */
export function maySecondPublication(
	state: CornerState,
	member: MemberId | undefined,
	publication: Publication,
): Result<MemberId, SecondRefusal> {
	if (member === undefined || !rolesOf(state.roster, member).includes('teller')) return err('not-a-teller');
	if (publication.publisher === member) return err('own-publication');
	return publication.cosigners.includes(member) ? err('already-cosigned') : ok(member);
}
