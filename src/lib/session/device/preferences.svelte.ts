import { recall, remember } from './local-memory.ts';

/** Steps of UX 2.1: 标准 大 特大 超大, in pixels at a browser's usual 16. */
export const TEXT_SIZES = ['18', '22', '26', '30'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];
export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

const TEXT_KEY = 'council-corner-text';
const THEME_KEY = 'council-corner-theme';

/** How this device likes to read. Language has a place of its own, because changing it reloads the page. */
class Preferences {
	#textSize = $state<TextSize>('18');
	#theme = $state<Theme>('system');

	/** Called before anything is drawn: the shell is empty until then, so nobody sees the text jump. */
	restore(): void {
		this.#textSize = oneOf(TEXT_SIZES, recall(TEXT_KEY)) ?? '18';
		this.#theme = oneOf(THEMES, recall(THEME_KEY)) ?? 'system';
		this.#apply();
	}

	get textSize(): TextSize {
		return this.#textSize;
	}

	set textSize(size: TextSize) {
		this.#textSize = size;
		remember(TEXT_KEY, size);
		this.#apply();
	}

	get theme(): Theme {
		return this.#theme;
	}

	set theme(theme: Theme) {
		this.#theme = theme;
		remember(THEME_KEY, theme);
		this.#apply();
	}

	get isLargestText(): boolean {
		return this.#textSize === TEXT_SIZES.at(-1);
	}

	/** The next step up; after the largest, the first again. */
	enlargeText(): void {
		const next = (TEXT_SIZES.indexOf(this.#textSize) + 1) % TEXT_SIZES.length;
		this.textSize = TEXT_SIZES[next] ?? '18';
	}

	#apply(): void {
		const { dataset } = document.documentElement;
		dataset['text'] = this.#textSize;
		if (this.#theme === 'system') delete dataset['theme'];
		else dataset['theme'] = this.#theme;
	}
}

export const preferences = new Preferences();

function oneOf<T extends string>(known: readonly T[], value: string | undefined): T | undefined {
	return known.find((item) => item === value);
}
