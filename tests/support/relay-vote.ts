import type { DeviceKey, PollId, RecordId } from '#core/kernel/ids.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { castBallot } from '#core/polls/casting.ts';
import { openPoll, type PollPlan } from '#core/polls/acts.ts';
import { HOUSEHOLDS_CHOOSE, ruleProfile } from '#core/polls/profiles.ts';
import type { Choice } from '#core/polls/records.ts';
import { addRelay } from '#core/roster/device-acts.ts';
import { frozen } from './council.ts';
import { parsed } from './forging.ts';
import { must } from './must.ts';
import type { RelayClient } from './relay-client.ts';
import type { Act, RelayCorner, RelayPerson } from './relay-people.ts';

/** The founder's corner opens a vote in which these two are tellers. */
export const openVote = (corner: RelayCorner, ...tellers: readonly RelayPerson[]): { act: Act; poll: PollId } =>
	openVoteOf(corner, [...corner.story.roster.members.keys()], tellers);

/** The same for a roll of its own. */
export function openVoteOf(
	corner: RelayCorner,
	voters: PollPlan['voters'],
	tellers: readonly RelayPerson[],
): { act: Act; poll: PollId } {
	const profile = typeof voters[0] === 'string' ? must(ruleProfile('R12-all')) : HOUSEHOLDS_CHOOSE;
	const topic = corner.topic(corner.founder);
	const opened: PollId[] = [];
	const rest = corner.act(corner.founder, (composer, as) => {
		const about = must(topic.ids[0]);
		const fields = { topic: about, blob: composer.blob(frozen('加装电梯。')), snapshot: '00'.repeat(32), after: [] };
		const text = composer.add('text.freeze', { as: must(as), ...fields });
		const plan = {
			...{ topic: about, text, question: '行吗？', profile, q: 2, devices: [] },
			voters,
			tellers: tellers.map((teller) => corner.memberOf(teller)),
		};
		opened.push(openPoll(composer, as, plan));
	});
	const act = {
		wires: [...topic.wires, ...rest.wires],
		blobs: [...topic.blobs, ...rest.blobs],
		ids: [...topic.ids, ...rest.ids],
	};
	return { act, poll: must(opened[0]) };
}

export const ballotOf = (corner: RelayCorner, voter: RelayPerson, poll: PollId, choice: Choice = 'approve'): Act =>
	corner.act(voter, (composer) => castBallot(composer, poll, choice, []));

/** The corner takes the relay on. */
export const enrolment = (corner: RelayCorner, key: DeviceKey): Act =>
	corner.act(corner.founder, (composer, as) =>
		addRelay(composer, as, { key, name: '院里的中继', fingerprint: new Uint8Array(32) }),
	);

/** Receipts that a client was sent, in the order of sending. */
export function receiptsHeard(client: RelayClient): readonly LedgerRecord<'receipt'>[] {
	return client.wires.map(parsed).flatMap((record) => (record.type === 'receipt' ? [record] : []));
}

/** Resolves to the first receipt that names this ballot. */
export async function receiptFor(client: RelayClient, ballot: RecordId): Promise<LedgerRecord<'receipt'>> {
	const names = () => receiptsHeard(client).find(({ body }) => body.ids.includes(ballot));
	await client.ledgerMessage(() => names() !== undefined);
	return must(names());
}
