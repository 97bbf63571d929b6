import type { MemberId, RecordId } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { currentByTopic } from '../ledger/successors.ts';
import { assentNeeded } from '../procedures/of-topic.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Standing } from '../validity/standing.ts';
import { assentsTo, isAssented } from './assent.ts';
import type { Assent, Consensus, Dissent, Minutes } from './state.ts';

export function foldMinutes(standing: Standing): ReadonlyMap<RecordId, Minutes> {
	const frozen = standing.ledger.ofType('minutes.freeze').flatMap((freeze) => {
		const approval = approvalOf(standing, freeze);
		return approval !== undefined || standing.view.has(freeze.id) ? [{ freeze, approval }] : [];
	});
	const current = currentByTopic(frozen.map(({ freeze }) => freeze));
	const all = frozen.map(({ freeze, approval }) => minutesOf(standing, freeze, approval, current.has(freeze.id)));
	return new Map(all.map((minutes) => [minutes.id, minutes]));
}

export function foldConsensus(standing: Standing): ReadonlyMap<RecordId, Consensus> {
	const all = standing.ledger.ofType('consensus').map((record) => consensusOf(standing, record));
	const held = all.filter(({ id, stands }) => stands || standing.view.has(id));
	return new Map(held.map((consensus) => [consensus.id, consensus]));
}

function consensusOf(standing: Standing, record: LedgerRecord<'consensus'>): Consensus {
	const { topic, text, considered } = record.body;
	const dissent = dissentOf(standing.view, record);
	const against = dissent.map(({ member }) => member);
	const heard = assentsTo(standing.under(record.body.revs).view, text).filter(({ id }) => considered.includes(id));
	const author = authorMember(standing.ledger, record);
	const agreed = membersOf(heard, 'approve').filter((member) => member !== author && !against.includes(member));
	const passedOver = membersOf(heard, 'object').some((member) => !against.includes(member));
	const ofTopic = standing.ledger.find(text, 'text.freeze')?.body.topic === topic;
	return {
		...{ id: record.id, topic, text, agreed, dissent, at: record.at },
		unheard: membersOf(assentsTo(standing.view, text), 'object').filter((member) => !against.includes(member)),
		stands: ofTopic && !passedOver && hasAssent(standing, record, text, against),
	};
}

function dissentOf(ledger: LedgerReader, { id, body }: LedgerRecord<'consensus'>): readonly Dissent[] {
	const replies = ledger.citing(id, 'dissent.reply');
	return body.dissent.map(([member, words]) => {
		const own = replies.filter((reply) => reply.body.member === member);
		return { member, words, replies: own.map((reply) => ({ id: reply.id, words: reply.body.words, at: reply.at })) };
	});
}

const membersOf = (assents: readonly Assent[], kind: Assent['kind']): readonly MemberId[] => [
	...new Set(assents.filter((assent) => assent.kind === kind).map(({ member }) => member)),
];

function minutesOf(
	{ view, ledger }: Standing,
	freeze: LedgerRecord<'minutes.freeze'>,
	approval: RecordId | undefined,
	current: boolean,
): Minutes {
	const { topic, blob } = freeze.body;
	const assents = assentsTo(view, freeze.id);
	return { id: freeze.id, topic, blob, author: authorMember(ledger, freeze), assents, current, approval };
}

function approvalOf(standing: Standing, { id, body }: LedgerRecord<'minutes.freeze'>): RecordId | undefined {
	const approvals = standing.ledger.citing(body.topic, 'minutes.approve');
	const ofThis = approvals.filter((approve) => approve.body.minutes === id);
	return ofThis.find((approve) => hasAssent(standing, approve, id))?.id;
}

/**
 * MIN-2, MIN-3: judged under the revocations the record names, so that no later one, also a malicious one, undoes what
 * was agreed (LEDGER 4.6).
 */
function hasAssent(
	standing: Standing,
	record: LedgerRecord<'minutes.approve' | 'consensus'>,
	target: RecordId,
	against: readonly MemberId[] = [],
): boolean {
	const { considered, topic, revs } = record.body;
	const own = standing.under(revs);
	if (!own.view.has(record.id) || !own.view.has(target)) return false;
	const isTeller = (member: MemberId) => own.holds(member, 'teller');
	const needed = assentNeeded(standing.ledger, standing.blobs, topic);
	const assents = assentsTo(own.view, target).filter(({ member }) => !against.includes(member));
	return isAssented(isTeller, assents, considered, authorMember(own.view, record), needed);
}
