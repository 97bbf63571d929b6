import { expect, type Browser } from '@playwright/test';
import { must } from '../../support/must.ts';
import { apply } from './acts.ts';
import { tellCrowdedNow, type Crowd } from './crowded-now.ts';
import { tellCrowdedPast } from './crowded-past.ts';
import { untilHeld } from './device-disk.ts';
import { filledRelay } from './filled-relay.ts';
import { Neighbor } from './neighbor.ts';
import type { CrowdViewer } from './screen.ts';

export interface ToldCrowd {
	readonly viewers: Readonly<Record<CrowdViewer, Neighbor>>;
	readonly crowd: Crowd;
	end(): Promise<void>;
}

/** A corner of hundreds on a relay of its own, and three who come into it and hold all of it. */
export async function gatherCrowd(browser: Browser): Promise<ToldCrowd> {
	const past = tellCrowdedPast();
	const { corner } = past.story;
	const { relay, guests, offer, end } = await filledRelay(corner);
	const arrive = (name: string) => Neighbor.arrive(browser, relay, name);
	const come = async (name: string, invitation: string | undefined) => {
		const guest = await arrive(name);
		await apply(guest, must(invitation), '6号楼');
		await expect(guest.page.getByRole('heading', { name: /^今天/ })).toBeVisible({ timeout: 60_000 });
		return guest;
	};
	const [convener, teller, member] = await Promise.all([
		come('周海燕', guests[0]),
		come('吴志强', guests[1]),
		come('郑秀兰', guests[2]),
	]);
	const members = { 'busy convener': convener, 'busy teller': teller, 'busy member': member };
	const crowd = tellCrowdedNow(past);
	await offer();
	for (const { page } of Object.values(members)) {
		await untilHeld(page, 'records', corner.ledger.idsOf(null).length);
		await untilHeld(page, 'blobs', corner.ledger.blobsOf(null).length);
	}
	return { viewers: { ...members, 'passer-by': await arrive('路人') }, crowd, end };
}
