import { equalBytes } from '../kernel/ids.ts';
import { authorMember, authorOf } from '../roster/authorship.ts';
import { outranks, type Role } from '../roster/roles.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerRecord } from './record.ts';

export type ShapeRefusal =
	| 'join-malformed'
	| 'key-introduction-invalid'
	| 'not-own-member'
	| 'rank-too-low'
	| 'poll-malformed'
	| 'choice-not-offered';

/** ADM-5, LEDGER 3.3: what the fields of one type must say of each other and of the records they cite. */
export function shapeRefusal(ledger: Ledger, record: LedgerRecord): ShapeRefusal | undefined {
	switch (record.type) {
		case 'join':
			return ownKey(record) ? undefined : 'join-malformed';
		case 'device.add':
			return introductionRefusal(ledger, record);
		case 'role.grant':
			return grantRefusal(ledger, record);
		case 'poll.open':
			return isPollWellFormed(record) ? undefined : 'poll-malformed';
		case 'ballot':
			return isChoiceOffered(ledger, record) ? undefined : 'choice-not-offered';
		default:
			return undefined;
	}
}

function ownKey(join: LedgerRecord<'join'>): boolean {
	return join.body.key === join.by && join.seq === 0;
}

/** The key was introduced by its own join, by founding, or by another device of the same member. */
function introductionRefusal(ledger: Ledger, add: LedgerRecord<'device.add'>): ShapeRefusal | undefined {
	const { via, key, pop, member } = add.body;
	const introduction = ledger.get(via);
	if (introduction?.type === 'join') {
		const same = introduction.body.key === key && equalBytes(introduction.body.pop, pop);
		if (!same) return 'key-introduction-invalid';
	} else if (introduction?.type === 'genesis') {
		if (!introduction.body.founders.includes(key)) return 'key-introduction-invalid';
	} else if (introduction?.type !== 'device.add' || introduction.body.member !== member) {
		return 'key-introduction-invalid';
	}
	return mayIntroduce(ledger, add) ? undefined : 'not-own-member';
}

function mayIntroduce(ledger: Ledger, add: LedgerRecord<'device.add'>): boolean {
	const author = authorOf(ledger, add);
	const officer = author.ok && ['founder', 'convener', 'registrar'].includes(author.value);
	return officer || authorMember(ledger, add) === add.body.member;
}

function grantRefusal(ledger: Ledger, grant: LedgerRecord<'role.grant'>): ShapeRefusal | undefined {
	const author = authorOf(ledger, grant);
	return author.ok && outranks(author.value as Role, grant.body.role) ? undefined : 'rank-too-low';
}

function isPollWellFormed({ body }: LedgerRecord<'poll.open'>): boolean {
	const distinct = (values: readonly string[]) => new Set(values).size === values.length;
	const fractions = [...body.rule.quorum, ...body.rule.pass].every(([, , den]) => den > 0);
	const tellers = distinct(body.tellers) && body.q >= 1 && body.q <= body.tellers.length;
	const options = distinct(body.options) && body.options.includes('approve');
	return fractions && tellers && options && body.rule.pass.length > 0;
}

function isChoiceOffered(ledger: Ledger, ballot: LedgerRecord<'ballot'>): boolean {
	return ledger.find(ballot.body.poll, 'poll.open')?.body.options.includes(ballot.body.choice) ?? false;
}
