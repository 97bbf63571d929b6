import type { DeviceKey, MemberId } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import type { BallotFault, BoxKeeper, FaultyRecord } from './ballot-box.ts';
import { unitFor, type Electorate } from './electorate.ts';
import { proxyHolds } from './proxies.ts';
import type { CosignKind, PaperChoice } from './records.ts';
import type { Poll } from './state.ts';
import type { CountedBallot } from './tally.ts';

type Judged = CountedBallot | FaultyRecord;
interface Wish {
	readonly choice: PaperChoice;
	readonly picks?: readonly number[];
	readonly unit?: string;
}

/** POLL-9: a ballot from a device, the voter's own or by proxy. */
export function judgeBallot(
	{ ledger, endedProxies }: BoxKeeper,
	poll: Poll,
	electorate: Electorate,
	serveTwo: ReadonlySet<DeviceKey>,
	ballot: LedgerRecord<'ballot'>,
): Judged {
	const { id, body } = ballot;
	const author = authorMember(ledger, ballot);
	const isProxy = body.for !== undefined || body.proxy !== undefined;
	const voter = isProxy ? body.for : author;
	if (isProxy && !proxyHolds(ledger, poll, ballot, endedProxies)) return { id, voter, fault: 'proxy-invalid' };
	if (serveTwo.has(ballot.by)) return { id, voter, fault: 'key-serves-two' };
	const fault = faultOf(poll, electorate, voter, body);
	const unit = voter && unitFor(electorate, voter, body.unit);
	if (fault || voter === undefined || unit === undefined) return { id, voter, fault: fault ?? 'voter-not-on-roll' };
	const { choice, replaces } = body;
	return { id, unit, voter, holder: isProxy ? author : undefined, choice, picks: picksOf(poll, body), replaces };
}

/** POLL-18: a paper counts once another teller of the poll has entered the same from it. */
export function judgePaper(
	{ ledger }: BoxKeeper,
	poll: Poll,
	electorate: Electorate,
	paper: LedgerRecord<'paper.ballot'>,
): Judged {
	const { id, body } = paper;
	const { voter, choice, replaces } = body;
	const fault = faultOf(poll, electorate, voter, body);
	const unit = unitFor(electorate, voter, body.unit);
	if (fault || unit === undefined) return { id, voter, fault: fault ?? 'voter-not-on-roll' };
	if (!isCosignedByTeller(ledger, poll, paper, 'paper')) return { id, voter, fault: 'not-cosigned' };
	return { id, unit, voter, holder: undefined, choice, picks: picksOf(poll, body), replaces };
}

function faultOf(poll: Poll, electorate: Electorate, voter: MemberId | undefined, wish: Wish): BallotFault | undefined {
	const units = voter === undefined ? undefined : electorate.unitsOf.get(voter);
	if (voter === undefined || !units) return 'voter-not-on-roll';
	if (electorate.present?.has(voter) === false) return 'voter-absent';
	if (unitFor(electorate, voter, wish.unit) === undefined) return 'unit-not-named';
	return suits(poll, wish) ? undefined : 'picks-invalid';
}

/**
 * POLL-19: of a motion only what is offered. In a choice, who wants some of the options picks them, each once, as many
 * as the form allows; nobody else picks any.
 */
function suits({ form, options }: Poll, { choice, picks = [] }: Wish): boolean {
	if (form === 'motion') return picks.length === 0 && (choice === 'spoiled' || options.includes(choice));
	if (choice !== 'approve') return picks.length === 0;
	const known = picks.every((pick) => pick < options.length) && new Set(picks).size === picks.length;
	return known && (form === 'single' ? picks.length === 1 : picks.length > 0);
}

/** Only a ranked ballot says something by the order of its picks. */
export function picksOf({ form }: Poll, { picks = [] }: Pick<Wish, 'picks'>): readonly number[] {
	return form === 'ranked' ? picks : [...picks].sort((a, b) => a - b);
}

/** Stands once another teller of the poll than the one who entered it has countersigned. */
export function isCosignedByTeller(
	ledger: LedgerReader,
	poll: Pick<Poll, 'tellers'>,
	record: LedgerRecord,
	kind: CosignKind,
): boolean {
	const author = authorMember(ledger, record);
	return ledger
		.citing(record.id, 'cosign')
		.filter(({ body }) => body.kind === kind)
		.map((cosign) => authorMember(ledger, cosign))
		.some((member) => member !== undefined && member !== author && poll.tellers.includes(member));
}
