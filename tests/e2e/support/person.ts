import type { BrowserContext, Locator, Page } from '@playwright/test';

/** One person with a browser of their own. */
export class Person {
	readonly name: string;
	readonly page: Page;
	/** The address under which this person reaches the app. */
	readonly origin: string;
	readonly #context: BrowserContext;

	protected constructor(name: string, origin: string, context: BrowserContext, page: Page) {
		this.name = name;
		this.origin = origin;
		this.#context = context;
		this.page = page;
	}

	/** In a new context of a browser. */
	static async come(name: string, origin: string, context: BrowserContext): Promise<Person> {
		return new Person(name, origin, context, await context.newPage());
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
	}
}
