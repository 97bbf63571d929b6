/** One clause of LEDGER 3 taken out of the code. `from` stands in the file exactly once. */
export interface Mutation {
	readonly clause: string;
	readonly file: string;
	readonly from: string;
	readonly to: string;
}

const in_ = (file: string) => (clause: string, from: string, to: string) => ({ clause, file, from, to });
const cuts = in_('cuts.ts');
const standing = in_('standing.ts');
const revoking = in_('revoking.ts');
const approval = in_('approval.ts');

/** Every clause of LEDGER 3.4 and 3.5 as the code says it; without any one of them some clause test must fail. */
export const MUTATIONS: readonly Mutation[] = [
	cuts('a cut names the chain of one key', 'while (record?.by === by && record.scope === scope)', 'while (record)'),
	cuts('a cut spares what is behind it', 'return kept.has(id);', 'return kept.size > 0;'),
	cuts('a cut spares something', 'return kept.has(id);', 'return false;'),
	cuts('a long list is read from its blob', 'if (body.cutList === undefined) return body.cuts;', 'return body.cuts;'),
	standing(
		'the authority must stand',
		'if (!grounds.every((ground) => this.#standsAt(ground, level))) return false;',
		'',
	),
	standing('a revocation of the device counts', '[record.auth, authorMember', '[authorMember'),
	standing(
		'a revocation of the member counts',
		'authorMember(this.ledger, record), citedGrant(record)]',
		'citedGrant(record)]',
	),
	standing('a revocation of the grant counts', ', citedGrant(record)];', '];'),
	standing('a revocation must stand itself', '&& this.#standsAt(revocation, level);', ';'),
	standing('a revocation must have the right', 'return mayRevoke(this, revocation, level) &&', 'return'),
	standing(
		'two self-revocations do not judge each other',
		'if (isSelfRevocation(this.ledger, revocation) && isSelfRevocation(this.ledger, record)) return false;',
		'',
	),
	standing('a device keeps its own past', ', ...ownPast(this.ledger, revocation)]', ']'),
	standing('only named revocations count', 'new Standing(this.ledger, this.blobs, named);', 'this;'),
	standing('an ended grant is not current', ' && this.endingsOf(grant.id).length === 0;', ';'),
	standing('a grant must stand to be current', 'return this.stands(grant) &&', 'return'),
	standing(
		'a device that wants approval has one',
		'return approvalsOf(this, record).some((approval) => this.#standsAt(approval, level));',
		'return true;',
	),
	revoking('a right is claimed', 'default:\n\t\t\treturn false;', 'default:\n\t\t\treturn true;'),
	revoking(
		'self means the very device',
		"if (revocation.auth === revocation.body.target) return 'self';",
		"return 'self';",
	),
	revoking('the introducer is the device itself', 'target?.auth === revocation.auth && ', ''),
	revoking('rank reaches only below itself', 'actingRank(standing.ledger, revocation) < level && ', ''),
	revoking('only who keeps the roster ends rights', 'if (!keepsRoster(standing, revocation)) return false;', ''),
	revoking('rank is strictly higher', 'if (rank >= held) return false;', 'if (rank > held) return false;'),
	revoking('rank is compared with what is held', 'if (rank >= held) return false;', ''),
	revoking('the first rank needs a quorum', 'held > RANK_OF_ROLE.convener || isQuorate(standing, revocation)', 'true'),
	revoking('only the first rank needs a quorum', 'held > RANK_OF_ROLE.convener || isQuorate', 'isQuorate'),
	revoking('a quorum counts founders', '.filter(({ auth }) => auth === genesis.id)', ''),
	revoking('a quorum counts each founder once', 'new Set(founders).size', 'founders.length'),
	revoking('a quorum is the whole one', '>= genesis.body.quorum', '>= 1'),
	revoking('the introducer must not be outranked', ' && own <= heldRank(standing, revocation, own)', ''),
	approval('own devices need no approval', 'if (authorMember(ledger, add) === add.body.member) return false;', ''),
	approval('conveners approve by adding', 'actingRank(ledger, add) > RANK_OF_ROLE.convener && ', ''),
	approval('the first device needs none', ' && !isFirstDevice(ledger, add)', ''),
	approval(
		'a further device is not the first',
		"if (ledger.find(id, 'device.add')?.body.member === body.member) return false;",
		'',
	),
	approval('not everybody approves', 'mayApprove(ledger, add, cosign) && ', ''),
	approval('a convener approves', 'return chairs || ', 'return '),
	approval(
		'the member approves',
		'return chairs || authorMember(ledger, cosign) === add.body.member;',
		'return chairs;',
	),
	approval('whoever wants approval gives none', ' && !restsOnApproval(ledger, cosign)', ''),
];
