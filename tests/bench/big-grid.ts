import type { PollId } from '#core/kernel/ids.ts';
import { castBallot } from '#core/polls/casting.ts';
import { cosign } from '#core/polls/acts.ts';
import { openTopic } from '#core/topics/acts.ts';
import { Council, frozen, PROCEDURE_JSON } from '../support/council.ts';
import { must } from '../support/must.ts';
import { welcomeMany, type Phone } from '../support/welcome-many.ts';

export interface BigGrid {
	readonly council: Council;
	/** Everybody voted in it, and it is certified. */
	readonly poll: PollId;
	readonly phones: readonly Phone[];
}

/**
 * A grid as it may be after years: `members` people, one poll in which all of them voted, and topics with what belongs
 * to them until structure holds `records`.
 */
export function bigGrid(members: number, records: number): BigGrid {
	const council = new Council(`big ${members} ${records}`);
	const { corner } = council;
	const residents = Array.from({ length: members - corner.roster.members.size }, (_, index) => ({
		name: `居民${index + 1}`,
		building: `${(index % 30) + 1}号楼`,
	}));
	const phones = welcomeMany(corner, residents);
	const poll = council.poll(council.topic());
	for (const { device, auth } of phones)
		corner.actUnder(device, auth, (composer) => castBallot(composer, poll, 'approve', []));
	council.certify(council.close(poll), council.li, council.chen);
	for (let count = 0; corner.ledger.idsOf(null).length < records; count++) discuss(council, phones, count);
	return { council, poll, phones };
}

/** A topic, its frozen text, and ten members who said yes to it. */
function discuss({ corner, convener, as }: Council, phones: readonly Phone[], count: number): void {
	const some = Array.from({ length: 11 }, (_, index) => must(phones[(count * 11 + index) % phones.length]));
	const [proposer, ...others] = some as [Phone, ...Phone[]];
	const procedure = { id: 'five-step-consultation', version: '1', json: PROCEDURE_JSON };
	const topic = corner.actUnder(proposer.device, proposer.auth, (composer) =>
		openTopic(composer, { title: `第 ${count + 1} 个议题`, source: 'resident', procedure }),
	);
	const own = corner.ledger.headOf(convener.device.key, null)?.auth;
	const text = corner.actUnder(convener.device, must(own ?? undefined), (composer) => {
		const blob = composer.blob(frozen(`第 ${count + 1} 份文本`));
		return composer.add('text.freeze', { as: must(as), topic, blob, snapshot: '00'.repeat(32), after: [] });
	});
	for (const { device, auth } of others)
		corner.actUnder(device, auth, (composer) => cosign(composer, undefined, text, 'approve'));
}
