import type { Browser } from '@playwright/test';
import { expect } from '@playwright/test';
import { admit, found, invite, join } from './acts.ts';
import { Neighbor, PHONE } from './neighbor.ts';
import { RelayProcess } from './relay-process.ts';

/** A corner at a relay of its own, and one phone for each name. */
export interface CornerOfPhones<Names extends readonly string[]> {
	readonly relay: RelayProcess;
	/** In the order of their names: the convener first. */
	readonly people: { readonly [Index in keyof Names]: Neighbor };
	/** One more phone, that belongs to no corner yet. */
	arrive(name: string): Promise<Neighbor>;
	end(): Promise<void>;
}

/** The first founds it, and admits the others; everything has reached the relay. */
export async function cornerOfPhones<const Names extends readonly [string, ...string[]]>(
	browser: Browser,
	title: string,
	...names: Names
): Promise<CornerOfPhones<Names>> {
	const relay = await RelayProcess.start({ FOUNDING: 'open' });
	const arrive = (name: string) => Neighbor.arrive(browser, relay, name, PHONE);
	const [convener, ...others] = (await Promise.all(names.map(arrive))) as [Neighbor, ...Neighbor[]];
	const people = [convener, ...others];
	await found(convener, relay, title);
	const invitation = await invite(convener);
	await Promise.all(others.map((other) => join(other, invitation, '2号楼')));
	for (const other of others) await admit(convener, other);
	for (const { stateLine } of people) await expect(stateLine).toHaveText('已保存，大家都能看到');
	const end = async () => {
		for (const person of people) await person.leave();
		await relay.stop();
	};
	return { relay, people: people as unknown as CornerOfPhones<Names>['people'], arrive, end };
}
