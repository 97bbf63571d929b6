import { expect, onTestFinished } from 'vitest';
import { DraftLog } from '../../server/relay/draft-log.ts';
import { readIdentity, type RelayIdentity } from '../../server/relay/identity.ts';
import type { RelayOptions } from '../../server/relay/relay.ts';
import type { RelayStore } from '../../server/storage/port.ts';
import { dialPeer } from '../../server/uplink/dial-peer.ts';
import { Uplinks } from '../../server/uplink/uplinks.ts';
import { must } from './must.ts';
import { connect } from './relay-client.ts';
import { foundedCorner, people, startRelay, type RunningRelay } from './relay-fixtures.ts';
import type { RelayCorner } from './relay-people.ts';
import { enrolment } from './relay-vote.ts';
import { eventually } from './wait.ts';

export interface LinkedCorner extends RunningRelay {
	readonly corner: RelayCorner;
}

/** The key of a running relay, and what signs for it. */
export const identityOf = ({ store }: Pick<RunningRelay, 'store'>): Promise<RelayIdentity> => readIdentity(store);

/** A relay that holds a corner of Chen's, and others that hold its first records; the corner has taken all of them on. */
export async function linkedCorner(others: number, settings?: Partial<RelayOptions>) {
	const founded = await foundedCorner(undefined, settings);
	const first = [...founded.corner.founding.wires];
	const relays: RunningRelay[] = [founded];
	for (let count = 0; count < others; count++) relays.push(await startRelay(undefined, settings));
	for (const relay of relays) {
		const act = enrolment(founded.corner, (await identityOf(relay)).key);
		await founded.chen.bring(act);
		first.push(...act.wires);
	}
	for (const relay of relays.slice(1)) await bringGrid(relay, founded.corner, first);
	return { ...founded, relays };
}

/** A relay is given a corner as a courtyard's is: by the convener's phone, with a code. */
export async function bringGrid(relay: RunningRelay, corner: RelayCorner, wires: readonly Uint8Array[]): Promise<void> {
	const phone = await connect(relay.host, corner.grid);
	const founding = must(await relay.relay.foundingCode());
	await phone.logIn(people.chen, { wires: wires.slice(0, 1), founding });
	phone.offer(wires);
	await eventually(async () => expect(await relay.store.readRecords(corner.grid)).toHaveLength(wires.length));
	phone.end();
}

/** One relay dials others from now on. */
export function dialFrom({ relay }: RunningRelay, ...others: readonly { readonly host: string }[]): Uplinks {
	const peers = others.map(({ host }) => `ws://${host}`);
	const uplinks = new Uplinks({ relay, peers, dial: dialPeer, random: () => 0 });
	onTestFinished(() => uplinks.close());
	return uplinks;
}

/** Ids of everything a relay keeps of a grid, in order. */
export async function idsIn({ store }: { readonly store: RelayStore }, { grid }: RelayCorner) {
	return (await store.readRecords(grid)).map(({ id }) => id).sort();
}

/** Hashes of the blobs it keeps, in order. */
export async function blobsIn({ store }: { readonly store: RelayStore }, { grid }: RelayCorner) {
	return (await store.listBlobs(grid)).map(({ hash }) => hash).sort();
}

/** What a draft comes to in a relay's store, deletions included. */
export async function digestIn({ store }: { readonly store: RelayStore }, room: string): Promise<string> {
	return new DraftLog(await store.readUpdates(room)).digest();
}
