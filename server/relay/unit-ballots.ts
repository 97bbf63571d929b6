import type { MemberId, PollId } from '#core/kernel/ids.ts';
import type { HeldRecord, LedgerRecord } from '#core/ledger/record.ts';
import { decodeRoll, type RollUnit } from '#core/polls/roll.ts';
import { authorMember } from '#core/roster/authorship.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import { encodeLedgerMessage } from '#core/wire/frames.ts';
import { recordMessages } from '#core/wire/reconcile.ts';
import type { Grid } from './grids.ts';
import type { Peer } from './peer.ts';
import type { Session } from './session.ts';

type Ballot = LedgerRecord<'ballot'>;
/** Who votes for a unit together with whom. Who votes alone is not named: most rolls need no memory. */
type Mates = ReadonlyMap<MemberId, ReadonlySet<MemberId>>;

const ALONE: ReadonlySet<MemberId> = new Set();

/**
 * RELAY-59, LEDGER 5: a voter's phone does not download a vote. It is sent what others cast for the unit that it votes
 * for too, so that a household sees in time that it differs, and what its own member cast on another phone.
 */
export class UnitBallots {
	readonly #grid: Grid;
	readonly #peers: ReadonlyMap<Session, Peer>;
	readonly #cast = new Map<PollId, Map<MemberId, Ballot[]>>();
	readonly #mates = new Map<PollId, Mates>();

	constructor(grid: Grid, peers: ReadonlyMap<Session, Peer>) {
		this.#grid = grid;
		this.#peers = peers;
		for (const ballot of grid.ledger.ofType('ballot')) this.#note(ballot);
	}

	/** A record was accepted in this turn: those who are here hear of it at once. */
	kept(record: HeldRecord): void {
		if (record.type !== 'ballot') return;
		this.#note(record);
		const voter = this.#voterOf(record);
		const mates = voter === undefined ? ALONE : this.#matesOf(record.body.poll, voter);
		if (mates.size === 0) return;
		for (const session of this.#peers.keys()) {
			const member = this.#memberOf(session);
			if (member !== undefined && mates.has(member)) this.#send(session, record.body.poll, [record]);
		}
	}

	/** This session holds structure as the relay does, and can take what rests on it. */
	inStep(session: Session): void {
		const member = this.#memberOf(session);
		if (member === undefined) return;
		for (const [poll, cast] of this.#cast) {
			if (!this.#isOpen(poll)) continue;
			const together = [member, ...this.#matesOf(poll, member)].flatMap((voter) => cast.get(voter) ?? []);
			const elsewhere = together.filter(({ by }) => by !== session.key);
			this.#send(session, poll, elsewhere);
		}
	}

	/** Who follows the vote hears of everything in it anyway. */
	#send(session: Session, poll: PollId, ballots: readonly Ballot[]): void {
		if (ballots.length === 0 || this.#peers.get(session)?.follows(poll) !== false) return;
		session.sendBulk(recordMessages(poll, ballots).map(encodeLedgerMessage));
	}

	#note(ballot: Ballot): void {
		const voter = this.#voterOf(ballot);
		if (voter === undefined) return;
		const cast = this.#cast.get(ballot.body.poll) ?? new Map<MemberId, Ballot[]>();
		cast.set(voter, [...(cast.get(voter) ?? []), ballot]);
		this.#cast.set(ballot.body.poll, cast);
	}

	#voterOf(ballot: Ballot): MemberId | undefined {
		return ballot.body.for ?? authorMember(this.#grid.ledger, ballot);
	}

	#memberOf({ key }: Session): MemberId | undefined {
		return key && deviceOf(this.#grid.roster, key)?.member;
	}

	/** Of a closed vote nothing is told: who looks at its result fetches it. */
	#isOpen(poll: PollId): boolean {
		return this.#grid.ledger.citing(poll, 'poll.close').length === 0;
	}

	#matesOf(poll: PollId, member: MemberId): ReadonlySet<MemberId> {
		return this.#matesIn(poll)?.get(member) ?? ALONE;
	}

	#matesIn(poll: PollId): Mates | undefined {
		if (!this.#isOpen(poll)) return undefined;
		const known = this.#mates.get(poll);
		if (known) return known;
		const opened = this.#grid.ledger.find(poll, 'poll.open');
		const roll = opened && decodeRoll(this.#grid.blob(opened.body.roll));
		if (roll) this.#mates.set(poll, matesOn(roll));
		return this.#mates.get(poll);
	}
}

function matesOn(roll: readonly RollUnit[]): Mates {
	const mates = new Map<MemberId, Set<MemberId>>();
	for (const { members } of roll.filter((unit) => unit.members.length > 1))
		for (const member of members) {
			const others = members.filter((other) => other !== member);
			mates.set(member, new Set([...(mates.get(member) ?? []), ...others]));
		}
	return mates;
}
