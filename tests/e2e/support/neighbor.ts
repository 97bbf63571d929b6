import type { Browser, BrowserContext, Page } from '@playwright/test';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { Person } from './person.ts';
import type { RelayProcess } from './relay-process.ts';

export const PHONE = { width: 360, height: 740 };
export const LAPTOP = { width: 1280, height: 800 };

/** A person with a network of their own, which can be cut for real. */
export class Neighbor extends Person {
	readonly network: TcpProxy;

	private constructor(name: string, origin: string, context: BrowserContext, page: Page, network: TcpProxy) {
		super(name, origin, context, page);
		this.network = network;
	}

	/** `serviceWorkers: 'block'`: whatever a page needs comes over the network, every time. */
	static async arrive(
		browser: Browser,
		relay: RelayProcess,
		name: string,
		viewport = LAPTOP,
		serviceWorkers: 'allow' | 'block' = 'allow',
	): Promise<Neighbor> {
		const network = new TcpProxy();
		const origin = `http://127.0.0.1:${await network.listen(relay.port)}`;
		const settings = { viewport, serviceWorkers, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };
		const context = await browser.newContext(settings);
		return new Neighbor(name, origin, context, await context.newPage(), network);
	}

	/** Once it is, the pages are there when nothing else is. */
	async installed(): Promise<void> {
		await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	}

	override async leave(): Promise<void> {
		await super.leave();
		await this.network.close();
	}
}
