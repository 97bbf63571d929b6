import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { approveMinutes, freezeMinutes, recordConsensus } from '#core/minutes/acts.ts';
import { correctOutcome, publishOutcome, withdrawOutcome } from '#core/publication/acts.ts';
import { consideredOn } from '#core/publication/considered.ts';
import type { OutcomeParts, Publication } from '#core/publication/state.ts';
import type { Person } from '../../server/cli/scenario/people.ts';
import { frozen, type Council } from './council.ts';
import { must } from './must.ts';

/** A topic with a poll that everybody agreed to, certified unless `tellers` says otherwise. */
export function decide(
	council: Council,
	topic: TopicId,
	text = council.freeze(topic),
): { poll: PollId; close: RecordId } {
	const poll = council.poll(topic, 'R12-all', undefined, text);
	for (const person of council.everybody) council.vote(person, poll, 'approve');
	const close = council.close(poll);
	council.certify(close, council.li, council.chen);
	return { poll, close };
}

/** Minutes written by the secretary, who is 李建国. */
export function writeMinutes(council: Council, topic: TopicId, words = '同意加装电梯。'): RecordId {
	const { corner, li } = council;
	const before = [...corner.state.minutes.values()].filter((minutes) => minutes.topic === topic && minutes.current);
	const as = corner.grantOf('secretary', li);
	return corner.act(li, (composer) => freezeMinutes(composer, as, topic, frozen(words), before));
}

export function approve(council: Council, minutes: RecordId): RecordId {
	const { corner, convener, as } = council;
	return corner.act(convener, (composer) => approveMinutes(composer, as, must(corner.state.minutes.get(minutes))));
}

export function settle(
	council: Council,
	topic: TopicId,
	text: RecordId,
	considered: readonly RecordId[],
	against: readonly Person[] = [],
): RecordId {
	const { corner, convener, as } = council;
	const dissent = against.map(({ member, name }) => ({ member, words: `${name}不同意`, salt: corner.salt(name) }));
	return corner.act(convener, (composer) => recordConsensus(composer, as, topic, text, considered, dissent));
}

/** Minutes agreed to by a teller and a member, and approved by the convener. */
export function agreedMinutes(council: Council, topic: TopicId): RecordId {
	const minutes = writeMinutes(council, topic);
	council.cosign(council.chen, minutes, 'approve');
	council.cosign(council.zhao, minutes, 'approve');
	approve(council, minutes);
	return minutes;
}

export function publish(council: Council, parts: OutcomeParts, replaced: readonly Publication[] = []): RecordId {
	const { corner, convener, as } = council;
	const after = replaced.map(({ id }) => id);
	const considered = consideredOn(corner.state, council.topicState(parts.topic));
	return corner.act(convener, (composer) => publishOutcome(composer, as, parts, after, considered));
}

export const publicationOf = ({ corner }: Council, id: RecordId): Publication =>
	must(corner.state.publications.get(id));

export function correct(
	council: Council,
	parts: OutcomeParts,
	after: readonly RecordId[],
	by: Person = council.convener,
): RecordId {
	const as = council.corner.grantOf('convener', by);
	const considered = consideredOn(council.corner.state, council.topicState(parts.topic));
	return council.corner.act(by, (composer) => correctOutcome(composer, as, parts, '日期写错了', after, considered));
}

export function withdraw(
	council: Council,
	topic: TopicId,
	after: readonly RecordId[],
	by: Person = council.convener,
): RecordId {
	const as = council.corner.grantOf('convener', by);
	return council.corner.act(by, (composer) => withdrawOutcome(composer, as, topic, '写了电话', after));
}
