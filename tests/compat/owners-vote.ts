import type { MemberId, PollId, RecordId } from '#core/kernel/ids.ts';
import { castBallot, type BallotWish } from '#core/polls/casting.ts';
import { endProxy, enterPaper, giveProxy, objectTo, sealStation, signReceipt } from '#core/polls/acts.ts';
import type { RollUnit } from '#core/polls/roll.ts';
import type { Person, StoryCorner } from '../../server/cli/scenario/people.ts';
import { Council } from '../support/council.ts';

/**
 * Seven flats decide on a lift (R7): a developer's unsold ones are one head, one person owns two, one flat has two
 * owners. Somebody votes by proxy, somebody beats one, somebody votes on paper, two phones disagree until one ballot resolves it, a station seals,
 * the first closing is corrected, and after the certification a proxy is ended and a ballot comes late.
 */
export function tellOwnersVote(): StoryCorner {
	const council = new Council('owners-vote');
	const { corner, li, chen, zhao, sun, zhou, convener, ma } = council;
	const cast = (person: Person, poll: PollId, wish: BallotWish, replaces: readonly RecordId[] = []) =>
		corner.act(person, (composer) => castBallot(composer, poll, wish, replaces));
	const poll = council.poll(council.topic(), 'R7', undefined, undefined, {
		voters: rollOf(council),
		stations: [sun.member],
	});
	const proxy = corner.act(zhou, (composer) => giveProxy(composer, sun.member, { poll }));
	const other = corner.act(sun, (composer) => giveProxy(composer, zhao.member));

	cast(convener, poll, { choice: 'approve' });
	cast(zhao, poll, { choice: 'approve', unit: '2-101' });
	cast(zhao, poll, { choice: 'approve', unit: '2-102' });
	const one = cast(li, poll, { choice: 'approve' });
	const two = cast(council.secondPhone(chen), poll, { choice: 'reject' });
	cast(sun, poll, { choice: 'approve' });
	cast(sun, poll, { choice: 'approve', byProxy: { voter: zhou.member, proxy } });
	cast(zhao, poll, { choice: 'reject', byProxy: { voter: sun.member, proxy: other } });
	enterFor(council, poll, ma);
	const held = council.count(poll).ids;
	const seal = corner.act(sun, (composer) => sealStation(composer, poll, sun.member, held));
	council.cosign(zhao, seal, 'seal', poll);
	corner.act(convener, (composer) => signReceipt(composer, poll, [one, two]));
	const first = council.close(poll, { seals: [seal] });
	cast(chen, poll, { choice: 'approve' }, [two]);
	const second = council.close(poll, { seals: [seal], supersedes: first });
	corner.act(zhou, (composer) => objectTo(composer, first, two));
	council.certify(second, li, chen);
	for (const [giver, given] of [
		[zhou, proxy],
		[sun, other],
	] as const)
		corner.act(giver, (composer) => endProxy(composer, given));
	cast(zhou, poll, { choice: 'reject' });
	return corner;
}

/** Hundredths of a square metre. */
function rollOf({ convener, zhao, li, chen, sun, zhou, ma }: Council): readonly RollUnit[] {
	const flat = (unit: string, area: number, heads: number, ...members: readonly MemberId[]) => ({
		unit,
		heads,
		area,
		members,
	});
	return [
		flat('1-101', 41_200, 1, convener.member),
		flat('2-101', 8_850, 1, zhao.member),
		flat('2-102', 6_015, 0, zhao.member),
		flat('2-201', 8_850, 1, li.member, chen.member),
		flat('2-202', 8_850, 1, sun.member),
		flat('2-301', 8_850, 1, zhou.member),
		flat('2-302', 8_850, 1, ma),
	];
}

function enterFor({ corner, li, chen }: Council, poll: PollId, voter: MemberId): void {
	const entry = { voter, choice: 'reject', serial: '0001', replaces: [] } as const;
	const paper = corner.act(li, (composer) => enterPaper(composer, poll, entry));
	corner.act(chen, (composer) => composer.add('cosign', { target: paper, kind: 'paper' }, poll));
}
