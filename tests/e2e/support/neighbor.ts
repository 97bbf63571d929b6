import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import type { RelayProcess } from './relay-process.ts';

export const PHONE = { width: 360, height: 740 };
export const LAPTOP = { width: 1280, height: 800 };

/** One person with a browser of their own and a network of their own, which can be cut for real. */
export class Neighbor {
	readonly name: string;
	readonly page: Page;
	readonly network: TcpProxy;
	/** The address under which this person reaches the relay. */
	readonly origin: string;
	readonly #context: BrowserContext;

	private constructor(name: string, context: BrowserContext, page: Page, network: TcpProxy, origin: string) {
		this.name = name;
		this.#context = context;
		this.page = page;
		this.network = network;
		this.origin = origin;
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
		return new Neighbor(name, context, await context.newPage(), network, origin);
	}

	readonly visit = async (path: string): Promise<void> => {
		await this.page.goto(`${this.origin}${path}`);
	};

	/** What the state line says now. */
	get stateLine(): Locator {
		return this.page.getByRole('status').first();
	}

	/** The draft on screen, without the carets of others. */
	async draft(): Promise<string> {
		return this.page.locator('.ProseMirror').evaluate((editor) => {
			const copy = editor.cloneNode(true) as HTMLElement;
			for (const caret of copy.querySelectorAll('[class*="caret"], .ProseMirror-widget, img')) caret.remove();
			return copy.textContent;
		});
	}

	async leave(): Promise<void> {
		await this.#context.close();
		await this.network.close();
	}
}
