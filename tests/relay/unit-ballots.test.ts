import { expect, test } from 'vitest';
import type { PollId, RecordId } from '#core/kernel/ids.ts';
import type { RollUnit } from '#core/polls/roll.ts';
import { possessionMessage } from '#core/ledger/signatures.ts';
import { closePoll } from '#core/polls/acts.ts';
import { scopeRoot } from '#core/wire/reconcile.ts';
import { parsed } from '../support/forging.ts';
import { memberCounts } from '../support/member-counts.ts';
import { must } from '../support/must.ts';
import { admitTo, cornerWithWang, loggedIn, people } from '../support/relay-fixtures.ts';
import type { RelayClient } from '../support/relay-client.ts';
import { RelayPerson, type Act, type RelayCorner } from '../support/relay-people.ts';
import { ballotOf, openVoteOf } from '../support/relay-vote.ts';

const { chen: founder, wang, zhang } = people;

/** 王 and 张 live together, 陈 lives alone. */
async function household() {
	const running = await cornerWithWang();
	await admitTo(running, zhang);
	const { corner, chen } = running;
	const unit = (name: string, ...of: readonly RelayPerson[]): RollUnit => {
		return { unit: name, heads: 1, area: 0, members: of.map((person) => corner.memberOf(person)) };
	};
	const { act, poll } = openVoteOf(corner, [unit('101', wang, zhang), unit('102', founder)], [wang, zhang]);
	await chen.bring(act);
	return { ...running, poll };
}

async function cast(client: RelayClient, corner: RelayCorner, voter: RelayPerson, poll: PollId): Promise<RecordId> {
	const ballot = ballotOf(corner, voter, poll);
	client.offer(ballot.wires, poll);
	await client.verdictOn(must(ballot.ids[0]), '');
	return must(ballot.ids[0]);
}

/** Says that it holds structure as the relay does, and hears that it does. */
async function inStep(client: RelayClient, { ledger }: RelayCorner): Promise<void> {
	client.say({ t: 'hello', scope: null, root: scopeRoot(ledger, null) });
	await client.ledgerMessage(({ t }) => t === 'same');
}

const closingOf = (corner: RelayCorner, poll: PollId, ballot: RecordId): Act =>
	corner.act(founder, (composer, as) =>
		closePoll(composer, as, { poll, ids: [ballot], declared: memberCounts({ eligible: 2, approve: 1, notVoted: 1 }) }),
	);

const ballotsHeard = (client: RelayClient): readonly RecordId[] =>
	client.wires.map(parsed).flatMap(({ type, id }) => (type === 'ballot' ? [id] : []));

/** Whatever was sent before this answer has come. */
async function settled(client: RelayClient, poll: PollId): Promise<void> {
	client.say({ t: 'want', scope: null, ids: [poll] });
	await client.ledgerMessage((message) => message.t === 'records' && message.scope === null);
}

test('[RELAY-59] who lives together hears at once what the other cast, and nobody hears of anybody else', async () => {
	const { corner, host, chen, poll } = await household();
	const [first, second] = [await loggedIn(host, corner.grid, wang), await loggedIn(host, corner.grid, zhang)];
	const alone = await cast(chen, corner, founder, poll);
	const ballot = await cast(first, corner, wang, poll);
	await second.ledgerMessage((message) => message.t === 'records' && message.scope === poll);
	for (const client of [first, second, chen]) await settled(client, poll);
	expect(ballotsHeard(second)).toEqual([ballot]);
	expect(ballotsHeard(first)).toEqual([]);
	expect(ballotsHeard(chen)).toEqual([]);
	expect(corner.ledger.has(alone)).toBe(true);
});

test('[RELAY-59] who comes later hears of it once it holds structure, also after a restart, until the vote is closed', async () => {
	const { corner, host, chen, poll, restart } = await household();
	await cast(chen, corner, founder, poll);
	const ballot = await cast(await loggedIn(host, corner.grid, wang), corner, wang, poll);
	const later = await loggedIn(host, corner.grid, zhang);
	await inStep(later, corner);
	await settled(later, poll);
	expect(ballotsHeard(later)).toEqual([ballot]);
	const again = (await restart()).host;
	const third = await loggedIn(again, corner.grid, zhang);
	await inStep(third, corner);
	await settled(third, poll);
	expect(ballotsHeard(third)).toEqual([ballot]);
	await (await loggedIn(again, corner.grid, founder)).bring(closingOf(corner, poll, ballot));
	const last = await loggedIn(again, corner.grid, zhang);
	await inStep(last, corner);
	await settled(last, poll);
	expect(ballotsHeard(last)).toEqual([]);
});

test('[RELAY-59] a member’s other phone hears what the first one cast, so that it can replace it', async () => {
	const { corner, host, chen, poll } = await household();
	const tablet = new RelayPerson('陈的平板');
	const via = corner.story.authorityOf({ device: founder });
	const pop = tablet.sign(possessionMessage(corner.grid, via, tablet.key));
	await chen.bring(
		corner.act(founder, (composer) =>
			composer.add('device.add', { member: corner.memberOf(founder), key: tablet.key, via, pop }),
		),
	);
	const ballot = await cast(chen, corner, founder, poll);
	const second = await loggedIn(host, corner.grid, tablet);
	await inStep(second, corner);
	await inStep(chen, corner);
	for (const client of [second, chen]) await settled(client, poll);
	expect(ballotsHeard(second)).toEqual([ballot]);
	expect(ballotsHeard(chen)).toEqual([]);
	await chen.bring(closingOf(corner, poll, ballot));
	const last = await loggedIn(host, corner.grid, tablet);
	await inStep(last, corner);
	await settled(last, poll);
	expect(ballotsHeard(last)).toEqual([]);
});
