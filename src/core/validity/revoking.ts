import type { LedgerReader } from '../ledger/reader.ts';
import { authorMember, authorOf, citedGrant } from '../roster/authorship.ts';
import { RANK_OF_ROLE } from '../roster/roles.ts';
import { actingRank } from './acting-rank.ts';
import type { Revocation } from './cuts.ts';
import type { Standing } from './standing.ts';

/** By which right a revocation speaks (LEDGER 3.5): of rank, of the device itself, or of the device that introduced it. */
export type RevokingRight = 'rank' | 'self' | 'introducer';

/** VALID-4: the right a revocation claims. Who cites an office speaks by its rank, and else as the device alone. */
export function claimedRight(ledger: LedgerReader, revocation: Revocation): RevokingRight | undefined {
	if (citedGrant(revocation) !== undefined || ledger.find(revocation.auth ?? undefined, 'genesis')) return 'rank';
	if (revocation.auth === revocation.body.target) return 'self';
	const target = ledger.get(revocation.body.target);
	return target?.auth === revocation.auth && target.type !== 'role.grant' ? 'introducer' : undefined;
}

/**
 * VALID-4, VALID-5, LEDGER 3.5: may this revocation end its target, as seen by a record written at rank `level`? A
 * right of rank reaches only what was written below it; so nobody judges what he himself rests on.
 */
export function mayRevoke(standing: Standing, revocation: Revocation, level: number): boolean {
	switch (claimedRight(standing.ledger, revocation)) {
		case 'rank':
			return actingRank(standing.ledger, revocation) < level && outranksHolder(standing, revocation);
		case 'self':
			return true;
		case 'introducer':
			return isIntroducerHighEnough(standing, revocation, level);
		default:
			return false;
	}
}

/** LEDGER 3.5 (a). A holder of the highest rank is ended by a quorum of founders only. */
function outranksHolder(standing: Standing, revocation: Revocation): boolean {
	const rank = actingRank(standing.ledger, revocation);
	if (!keepsRoster(standing, revocation)) return false;
	const held = heldRank(standing, revocation, Math.max(rank, RANK_OF_ROLE.convener));
	if (rank >= held) return false;
	return held > RANK_OF_ROLE.convener || isQuorate(standing, revocation);
}

/** Nobody ends rights who does not keep the roster, whatever his rank. */
function keepsRoster({ ledger }: Standing, revocation: Revocation): boolean {
	const author = authorOf(ledger, revocation);
	return author.ok && ['founder', 'convener', 'registrar'].includes(author.value);
}

/** The rank that must be outranked: of the grant that is ended, else the highest that its member holds now. */
function heldRank(standing: Standing, { body, type }: Revocation, limit: number): number {
	const { ledger } = standing;
	if (type === 'member.end') return standing.rankOf(body.target, limit);
	const grant = ledger.find(body.target, 'role.grant');
	if (grant) return RANK_OF_ROLE[grant.body.role];
	const device = ledger.find(body.target, 'device.add');
	return device ? standing.rankOf(device.body.member, limit) : RANK_OF_ROLE.founder;
}

/** LEDGER 3.5: distinct founder keys, the author's own included. */
function isQuorate(standing: Standing, revocation: Revocation): boolean {
	const genesis = standing.ledger.ofType('genesis')[0];
	if (!genesis) return false;
	const signed = [revocation, ...standing.approvalsOf(revocation.id)];
	const founders = signed.filter(({ auth }) => auth === genesis.id).map(({ by }) => by);
	return new Set(founders).size >= genesis.body.quorum;
}

/** LEDGER 3.5 (c): whoever brought a device in may send it out, unless its member has risen above him. */
function isIntroducerHighEnough(standing: Standing, revocation: Revocation, level: number): boolean {
	const author = authorMember(standing.ledger, revocation);
	if (author === undefined) return false;
	const own = standing.rankOf(author, level);
	return own <= level && own <= heldRank(standing, revocation, own);
}
