import 'fake-indexeddb/auto';
import { expect, onTestFinished, test } from 'vitest';
import type { RecordId } from '#core/kernel/ids.ts';
import { addRelay, endRelay } from '#core/roster/device-acts.ts';
import { introductionOf } from '#core/wire/introduction.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import { courtyardRelay } from '#lib/session/sync/courtyard.ts';
import { relayStanding } from '#lib/session/sync/relay-standing.ts';
import { readIdentity } from '../../server/relay/identity.ts';
import { must } from '../support/must.ts';
import { cornerWithWang, loggedIn, people, startRelay } from '../support/relay-fixtures.ts';
import { phoneWith, speakTo, type Phone } from '../support/relay-phone.ts';
import { eventually } from '../support/wait.ts';

test('[REACH-1] a phone that reaches two relays gives each what it lacks, and goes on doing so', async () => {
	const { home, laptop, card } = await homeAndLaptop();
	const phone = await phoneWith(home.corner, people.chen);
	const { atHome, atLaptop } = await openAtBoth(phone, home.host, laptop.host, card, laptop.founding);
	await eventually(() => expect([atHome, atLaptop].map(({ statuses }) => statuses.at(-1))).toEqual(['open', 'open']));
	await eventually(async () => expect(await heldBy(laptop)).toEqual(await heldBy(home)));

	const wires = introductionOf(phone.copy.ledger, people.wang.key);
	const wang = await loggedIn(laptop.host, home.corner.grid, people.wang, { wires });
	const inTheCourtyard = home.corner.topic(people.wang);
	await wang.bring(inTheCourtyard);
	await eventually(async () => expect(await heldBy(home)).toContain(inTheCourtyard.ids[0]));
	const elsewhere = home.corner.topic(people.chen);
	await home.chen.bring(elsewhere);
	await eventually(async () => expect(await heldBy(laptop)).toContain(elsewhere.ids[0]));

	async function heldBy({ store }: Pick<typeof home, 'store'>): Promise<readonly RecordId[]> {
		return (await store.readRecords(home.corner.grid)).map(({ id }) => id).sort();
	}
});

test('[REACH-1] what one of two relays has committed is unsent no more', async () => {
	const { home, laptop, card } = await homeAndLaptop();
	const phone = await phoneWith(home.corner, people.chen);
	const standing = courtyardRelay(phone.copy, card).standing;
	const { sync } = speakTo(phone, laptop.host, standing, laptop.founding);
	const { ids, wires, blobs } = home.corner.topic(people.chen);
	await phone.copy.addOwn(
		ids.map((id, index) => ({ id, wire: must(wires[index]) })),
		blobs,
	);
	expect(await phone.store.outbox()).not.toEqual([]);
	sync.offer(await phone.store.outbox());
	await eventually(async () => expect(await phone.store.outbox()).toEqual([]));
});

test('[REACH-2] a laptop that the corner has not taken on, or has let go, is a stranger; so is any other under its code', async () => {
	const { home, taken, card } = await homeAndLaptop();
	const phone = await phoneWith(home.corner, people.wang);
	const { standing } = courtyardRelay(phone.copy, card);
	expect(standing.isLetGo()).toBe(false);
	await standing.met(people.zhang.key);
	expect(standing.isLetGo()).toBe(true);
	await standing.met(card.relay);
	expect(standing.isLetGo()).toBe(false);
	const ending = home.corner.act(people.chen, (composer, as) => void endRelay(composer, as, taken));
	await phone.copy.receive(ending.wires);
	expect(standing.isLetGo()).toBe(true);

	const unheardOf = await phoneWith(home.corner, people.wang);
	const stranger = { ...card, relay: people.zhang.key };
	expect(courtyardRelay(unheardOf.copy, stranger).standing.isLetGo()).toBe(true);
});

test('[REACH-2] a stranger is proved nothing and told nothing', async () => {
	const { home, laptop, card } = await homeAndLaptop();
	const other = await startRelay();
	const phone = await phoneWith(home.corner, people.chen);
	const { statuses } = speakTo(phone, other.host, courtyardRelay(phone.copy, card).standing, laptop.founding);
	await eventually(() => expect(statuses.at(-1)).toBe('relay-ended'));
	expect(statuses).not.toContain('open');
	expect(await other.store.readRecords(home.corner.grid)).toEqual([]);
});

/** A relay at home, and one on a laptop that the corner has taken on and that holds nothing yet. */
async function homeAndLaptop() {
	const home = await cornerWithWang();
	const running = await startRelay();
	const { key } = await readIdentity(running.store);
	const entry = { key, name: '三号院', fingerprint: new Uint8Array(32) };
	const act = home.corner.act(people.chen, (composer, as) => void addRelay(composer, as, entry));
	await home.chen.bring(act);
	const laptop = { ...running, founding: await running.relay.foundingCode() };
	return { home, laptop, taken: must(act.ids[0]), card: { relay: key } as RelayCard };
}

/** As the app opens it: whatever comes from one relay makes it compare with the other again. */
async function openAtBoth(phone: Phone, home: string, laptop: string, card: RelayCard, founding: string | undefined) {
	const atHome = speakTo(phone, home, relayStanding(phone.copy, phone.store, undefined));
	const atLaptop = speakTo(phone, laptop, courtyardRelay(phone.copy, card).standing, founding);
	const watch = phone.store.watchLedger(() => [atHome, atLaptop].forEach(({ sync }) => sync.compareAgain()));
	onTestFinished(() => watch.unsubscribe());
	return { atHome, atLaptop };
}
