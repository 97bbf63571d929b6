import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What a screen must not show, measured in the page as it is drawn. Each rule answers one line per fault. */
export const LAYOUT_RULES = { sideways: sidewaysScroll, text: smallText, targets: smallTargets } as const;
export type Rule = keyof typeof LAYOUT_RULES | 'axe';

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export async function axeFaults(page: Page): Promise<string[]> {
	// Legacy mode judges in this page alone: there are no frames, and no second page needs to be opened.
	const axe = new AxeBuilder({ page })
		.setLegacyMode()
		.options({ resultTypes: ['violations'] })
		.withTags(AXE_TAGS);
	const { violations } = await axe.analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 120)} ${failureSummary.replace(/\s+/g, ' ')}`),
	);
}

// The functions below run in the page: they may use nothing from outside themselves.

/** UX 2.4: the page never scrolls sideways, and nothing in it does or is cut off. */
function sidewaysScroll(): string[] {
	const { scrollWidth, clientWidth } = document.documentElement;
	const all = [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => element.checkVisibility());
	const cut = all.filter((element) => {
		const { overflowX, clipPath } = getComputedStyle(element);
		const holds = overflowX !== 'visible' && clipPath === 'none' && !element.matches('svg, input, textarea');
		return holds && element.scrollWidth > element.clientWidth + 1;
	});
	const faults = cut.map(({ tagName, innerText }) => `cut off: ${tagName} ${innerText.slice(0, 40)}`);
	if (scrollWidth <= clientWidth) return faults;
	const wide = all.filter((element) => element.getBoundingClientRect().right > clientWidth + 1).at(-1);
	return [...faults, `${scrollWidth} > ${clientWidth} px, up to: ${wide?.tagName} ${wide?.innerText?.slice(0, 40)}`];
}

/** UX 2.1: no text under 16 px. */
function smallText(): string[] {
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const faults: string[] = [];
	while (texts.nextNode()) {
		const { parentElement, textContent } = texts.currentNode;
		if (!parentElement?.checkVisibility({ visibilityProperty: true }) || !textContent?.trim()) continue;
		if (parentElement.closest('script, style, noscript')) continue;
		const size = parseFloat(getComputedStyle(parentElement).fontSize);
		if (size < 15.99) faults.push(`${size} px: ${textContent.trim().slice(0, 40)}`);
	}
	return faults;
}

/** UX 2.2: what is asked of people is 60 px high, everything else 44 by 44, save a link within a sentence. */
function smallTargets(): string[] {
	const kinds = 'a[href], button, input, select, textarea, summary';
	const roles = ['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'menuitem', 'option'];
	const selector = [kinds, ...roles.map((role) => `[role="${role}"]`)].join();
	const faults: string[] = [];
	for (const element of document.querySelectorAll<HTMLElement>(selector)) {
		if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('[inert]')) continue;
		const text = (element.innerText || element.getAttribute('aria-label') || element.tagName).slice(0, 40);
		const paragraph = element.closest('p, li, dd')?.textContent ?? '';
		const isInSentence =
			getComputedStyle(element).display === 'inline' && paragraph.trim() !== element.innerText.trim();
		if (element.tagName === 'A' && isInSentence) continue;
		// The row around a box to tick is its target.
		const isTick = element.matches('input[type="checkbox"], input[type="radio"]');
		const { width, height } = ((isTick && element.closest('label')) || element).getBoundingClientRect();
		const high = isTick || element.closest('.primary') ? 60 : 44;
		if (height < high - 0.5 || width < 43.5) faults.push(`${width.toFixed()}×${height.toFixed()} < ${high}: ${text}`);
	}
	return faults;
}
