import type { MemberId, RecordId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import { stateHash } from '../ledger/state-hash.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Standing } from '../validity/standing.ts';
import { keeperOf, openBallotBox, type BallotBox, type BoxKeeper, type FaultyRecord } from './ballot-box.ts';
import { countBox } from './counting.ts';
import { sameCounts } from './counts.ts';
import { decide, type Decision } from './decision.ts';
import { defectsOf, type Defect } from './defects.ts';
import { electorateOf, type Electorate } from './electorate.ts';
import { fromNewDevices } from './new-devices.ts';
import { uncitedSeals } from './seals.ts';
import type { Closing, Poll } from './state.ts';
import type { Tally } from './tally.ts';

export interface Audit {
	readonly closing: RecordId;
	readonly certified: boolean;
	readonly recount: 'agrees' | 'differs';
	/** The recounted tally, whatever was declared. */
	readonly tally: Tally;
	readonly decision: Decision;
	/** Valid ballots and hand counts that the closing does not list; of these, those that a station sealed. */
	readonly late: readonly RecordId[];
	readonly lateSealed: readonly RecordId[];
	/** Void only through the revocations that the closing names. */
	readonly revoked: readonly RecordId[];
	/** Counted, from a device that somebody else added after the opening. */
	readonly newDevice: readonly RecordId[];
	/** Seals that stand and that the closing does not cite. */
	readonly uncited: readonly RecordId[];
	/** Held in the scope but without weight, with the reason. */
	readonly faulty: readonly FaultyRecord[];
	readonly defects: readonly Defect[];
	/** POLL-12: would the outcome be another one if late, absent and revoked ballots counted? */
	readonly material: boolean;
}

/** POLL-11: recounts a closing in its own view, from the scope that is held here. Changes nothing in structure. */
export function auditClosing(standing: Standing, poll: Poll, closing: Closing): Audit {
	const keeper = keeperOf(standing, closing.revs);
	const electorate = electorateOf(poll, presentMembers(keeper, closing));
	const box = openBallotBox(keeper, poll, electorate);
	const listed = decodeIdList<RecordId>(keeper.blobs(closing.list));
	const counted = openBallotBox(keeper, poll, electorate, new Set(listed));
	const unlisted = ({ id }: { readonly id: RecordId }) => !listed?.includes(id);
	const recounted = countBox(poll, electorate, counted);
	const decision = decide(poll.rule, recounted.counts);
	const late = [...box.ballots, ...box.hands].filter(unlisted).map(({ id }) => id);
	const uncited = uncitedSeals(keeper, poll, closing);
	return {
		...{ closing: closing.id, certified: closing.certified, tally: recounted, decision, late },
		recount: sameCounts(recounted.counts, closing.declared) ? 'agrees' : 'differs',
		lateSealed: late.filter((id) => uncited.some(({ list }) => list?.includes(id))),
		revoked: revokedIn(standing, keeper, poll),
		newDevice: fromNewDevices(keeper, poll, counted.ballots),
		uncited: uncited.map(({ id }) => id),
		faulty: [...counted.faulty, ...box.faulty.filter(unlisted)],
		defects: defectsOf(keeper, poll, closing, { box, counted, recounted, listed }),
		material: wouldChange(standing, poll, electorate, box, decision),
	};
}

/** What the closer would list and declare now: every record of the scope that may be counted. */
export function countNow(
	standing: Standing,
	poll: Poll,
	present: readonly MemberId[] | undefined,
): { readonly ids: readonly RecordId[]; readonly tally: Tally; readonly box: BallotBox } {
	const electorate = electorateOf(poll, present);
	const box = openBallotBox(keeperOf(standing), poll, electorate);
	const ids = [...box.ballots, ...box.hands].map(({ id }) => id);
	return { ids, tally: countBox(poll, electorate, box), box };
}

/** FOLD-3: the state hash of one poll's scope: equal where the same ballots, hand counts and cosigns are held. */
export function scopeHash(ledger: Ledger, standing: Standing, poll: Poll): string {
	const everybody = electorateOf({ ...poll, presentOnly: false });
	const box = openBallotBox({ ...keeperOf(standing), ledger }, poll, everybody);
	return stateHash({ ids: ledger.idsOf(poll.id), box });
}

export function presentMembers(
	{ ledger, blobs }: Pick<BoxKeeper, 'ledger' | 'blobs'>,
	closing: Closing,
): readonly MemberId[] | undefined {
	const attendance = ledger.find(closing.attendance, 'meeting.attendance');
	return attendance && decodeIdList<MemberId>(blobs(attendance.body.present));
}

/** LEDGER 4.6: so that nobody is disenfranchised invisibly. */
function revokedIn({ ledger }: Standing, { ledger: view }: BoxKeeper, poll: Poll): readonly RecordId[] {
	const cast = [...ledger.citing(poll.id, 'ballot'), ...ledger.citing(poll.id, 'paper.ballot')];
	return cast.filter(({ id, scope }) => scope === poll.id && !view.has(id)).map(({ id }) => id);
}

/** Everything that was cast, also what is unlisted, absent or revoked, counted among everybody on the roll. */
function wouldChange(
	standing: Standing,
	poll: Poll,
	electorate: Electorate,
	box: BallotBox,
	decision: Decision,
): boolean {
	const absent = box.faulty.filter(({ fault }) => fault === 'voter-absent').flatMap(({ voter }) => voter ?? []);
	const widened = electorate.present && { ...electorate, present: new Set([...electorate.present, ...absent]) };
	const keeper = { ledger: standing.ledger, blobs: standing.blobs, endedProxies: new Set<RecordId>() };
	const everything = openBallotBox(keeper, poll, widened ?? electorate);
	return decide(poll.rule, countBox(poll, widened ?? electorate, everything).counts).outcome !== decision.outcome;
}
