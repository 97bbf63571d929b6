import type { MemberId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { CornerState } from '../ledger/fold.ts';
import { permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import { rolesOf } from '../roster/selectors.ts';
import { pollsOf } from '../topics/selectors.ts';
import type { FrozenText, Topic } from '../topics/state.ts';
import { isAssented } from './assent.ts';
import type { Assent, Consensus, Dissent } from './state.ts';

type NoOpenText = 'text-not-frozen' | 'text-voted-on' | 'already-settled';
export type ProposeConsensusRefusal = NotPermitted | NoOpenText | 'already-cosigned';
export type AnswerConsensusRefusal = ProposeConsensusRefusal | 'consensus-not-proposed';
export type RecordConsensusRefusal = NotPermitted | NoOpenText | 'consensus-not-proposed' | 'assent-missing';
export type ReplyRefusal = NotPermitted | 'not-settled' | 'not-a-dissenter' | 'already-answered';

/** CONS-1: a convener proposes to settle the standing text without a vote by agreeing to it first. */
export function mayProposeConsensus(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
): Result<Permission, ProposeConsensusRefusal> {
	const allowed = permission(state.roster, member, 'consensus');
	return allowed.ok ? mayAssent(state, member, topic) : allowed;
}

/** CONS-1: then every member agrees or objects, once. */
export function mayAnswerConsensus(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
): Result<Permission, AnswerConsensusRefusal> {
	const allowed = mayAssent(state, member, topic);
	return allowed.ok && !consensusAsked(state, topic) ? err('consensus-not-proposed') : allowed;
}

/** CONS-2, MIN-2: only once enough others have agreed, one of them a teller. `needed`: the procedure's number. */
export function mayRecordConsensus(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
	needed: number,
): Result<Permission, RecordConsensusRefusal> {
	const allowed = permission(state.roster, member, 'consensus');
	if (!allowed.ok) return allowed;
	const open = openText(state, topic);
	if (!open.ok) return open;
	const asked = consensusAsked(state, topic);
	if (!asked) return err('consensus-not-proposed');
	const isTeller = (cosigner: MemberId) => rolesOf(state.roster, cosigner).includes('teller');
	const all = asked.assents.map(({ id }) => id);
	return isAssented(isTeller, withoutObjectors(asked.assents), all, member, needed) ? allowed : err('assent-missing');
}

/** CONS-5: who was against it is answered, each once. */
export function mayReplyToDissent(
	state: CornerState,
	member: MemberId | undefined,
	consensus: Consensus,
	dissenter: MemberId,
): Result<Permission, ReplyRefusal> {
	const allowed = permission(state.roster, member, 'dissent.reply');
	if (!allowed.ok) return allowed;
	if (!consensus.stands) return err('not-settled');
	const dissent = consensus.dissent.find((one) => one.member === dissenter);
	if (!dissent) return err('not-a-dissenter');
	return isAnswered(dissent) ? err('already-answered') : allowed;
}

export const isAnswered = ({ replies }: Dissent): boolean => replies.length > 0;

/** CONS-1: the standing text, if a convener has proposed to settle it and it is still open. */
export function consensusAsked(state: CornerState, topic: Topic): FrozenText | undefined {
	const open = openText(state, topic);
	const byConvener = ({ kind, member }: Assent) =>
		kind === 'approve' && rolesOf(state.roster, member).includes('convener');
	return open.ok && open.value.assents.some(byConvener) ? open.value : undefined;
}

/** The consensus that stands on a topic's standing text. */
export function consensusOn(state: CornerState, topic: Topic): Consensus | undefined {
	const text = topic.texts.length === 1 ? topic.texts[0]?.id : undefined;
	return [...state.consensus.values()].find((one) => one.stands && one.topic === topic.id && one.text === text);
}

function mayAssent(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
): Result<Permission, ProposeConsensusRefusal> {
	const open = openText(state, topic);
	if (!open.ok) return open;
	if (open.value.assents.some((assent) => assent.member === member)) return err('already-cosigned');
	return permission(state.roster, member, 'cosign');
}

/** The one standing text, while nobody has voted on it or settled it. */
function openText(state: CornerState, topic: Topic): Result<FrozenText, NoOpenText> {
	const [text] = topic.texts;
	if (!text || topic.texts.length > 1) return err('text-not-frozen');
	if (pollsOf(state, topic.id).some((poll) => poll.text === text.id && poll.status !== 'roll-invalid'))
		return err('text-voted-on');
	return consensusOn(state, topic) ? err('already-settled') : ok(text);
}

/** Who says both has said no. */
function withoutObjectors(assents: readonly Assent[]): readonly Assent[] {
	const objectors = new Set(assents.filter(({ kind }) => kind === 'object').map(({ member }) => member));
	return assents.filter(({ member }) => !objectors.has(member));
}
