import type { Browser } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PHONE } from '../e2e/support/neighbor.ts';
import { Person } from '../e2e/support/person.ts';
import { shownLink } from '../e2e/support/shown-code.ts';
import { heldBy, type Held } from '../support/relay-disk.ts';
import { eventually } from '../support/wait.ts';
import { APP_HOST, browserAt, HOME_NAME } from './browser-at.ts';
import { clearNetworks, HOME_ADDRESS, makeNetworks, type Place } from './networks.ts';
import { ProcessAt } from './process-at.ts';

const PORT = '4180';
/** Where everybody has the app from. */
const ORIGIN = `http://${APP_HOST}:${PORT}`;

/** A relay at home, one on a laptop in the yard, and browsers in three places. */
export class CornerAt {
	readonly foundingCode: string;
	readonly #folder: string;
	readonly #atHome: readonly ProcessAt[];
	readonly #laptopName: string;
	readonly #browsers = new Map<Place, Promise<Browser>>();
	#laptop: ProcessAt | undefined;
	/** The laptop's own. */
	#page = '';

	private constructor(folder: string, foundingCode: string, atHome: readonly ProcessAt[], laptopName: string) {
		this.#folder = folder;
		this.foundingCode = foundingCode;
		this.#atHome = atHome;
		this.#laptopName = laptopName;
	}

	static async start(laptopName: string): Promise<CornerAt> {
		makeNetworks();
		const folder = mkdtempSync(join(tmpdir(), 'council-corner-courtyard-'));
		const names = new ProcessAt('home', 'tests/courtyard/name-server.ts', { ADDRESS: HOME_ADDRESS });
		await names.says(/ready/);
		const place = { HOST: HOME_ADDRESS, PORT, DATA_DIR: join(folder, 'home') };
		const relay = new ProcessAt('home', 'server/main.ts', { ...place, ORIGIN });
		const corner = new CornerAt(folder, await relay.says(/#([\w-]+)\n/), [relay, names], laptopName);
		await corner.openLaptop();
		return corner;
	}

	async openLaptop(): Promise<void> {
		const place = { DATA_DIR: join(this.#folder, 'yard'), PEERS: `ws://${HOME_NAME}:${PORT}` };
		const settings = { ...place, ORIGIN, NAME: this.#laptopName, OPEN: 'off' };
		this.#laptop = new ProcessAt('yard', 'server/courtyard/main.ts', settings);
		this.#page = await this.#laptop.says(/(http:\/\/127\.0\.0\.1:\d+)\n/);
	}

	async closeLaptop(): Promise<void> {
		await this.#laptop?.stop();
	}

	/** Somebody with a phone of their own, who holds nothing yet. */
	async arrive(place: Place, name: string): Promise<Person> {
		const browser = await this.#browser(place);
		const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
		return Person.come(name, ORIGIN, context);
	}

	/** What a phone's camera reads off the laptop's screen, as the path of a page. */
	async laptopCode(): Promise<string> {
		const browser = await this.#browser('yard');
		const context = await browser.newContext();
		const page = await context.newPage();
		await page.goto(this.#page);
		// It is drawn anew whenever a phone comes or goes.
		const { pathname, hash } = new URL(await eventually(() => shownLink(page)));
		await context.close();
		return pathname + hash;
	}

	held(place: 'home' | 'yard'): Held {
		return heldBy(join(this.#folder, place));
	}

	async end(): Promise<void> {
		for (const browser of this.#browsers.values()) await (await browser).close();
		await this.closeLaptop();
		for (const process of this.#atHome) await process.stop();
		clearNetworks();
		rmSync(this.#folder, { recursive: true, force: true });
	}

	#browser(place: Place): Promise<Browser> {
		const browser = this.#browsers.get(place) ?? browserAt(place, this.#folder);
		this.#browsers.set(place, browser);
		return browser;
	}
}
