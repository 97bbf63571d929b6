import { expect } from '@playwright/test';
import { press as pressOn } from './acts.ts';
import { readCode, showFirstCode } from './face-to-face.ts';
import type { Neighbor } from './neighbor.ts';
import { fill, press, unfoldThat, untilSaid, type Step } from './screen.ts';

const unfoldUnlessOpen: Step = async (page, words) => {
	const paste = page.getByLabel(words('carry_paste'), { exact: true });
	if (!(await paste.isVisible())) await unfoldThat('carry_scan_otherwise')(page, words);
};
/** By the way for whoever has no camera. */
export const pasteCode = (code: string): readonly Step[] => [
	unfoldUnlessOpen,
	fill('carry_paste', code),
	press('carry_paste_go'),
];

/** What brings two phones together, where the mate of whoever looks at the screens plays along. */
export class FaceSteps {
	readonly #mate: Neighbor;

	constructor(mate: Neighbor) {
		this.#mate = mate;
	}

	/** The mate shows the first code, and the second one is on screen. */
	readonly answer: Step = async (page, words) => {
		const first = await showFirstCode(this.#mate);
		const steps = [press('face_scan_first'), ...pasteCode(first), untilSaid('face_step_2')];
		for (const step of steps) await step(page, words);
	};

	/** The mate has read the second code. */
	readonly meet: Step = async (page, words) => {
		await this.answer(page, words);
		const second = await page.getByLabel(words('face_code')).inputValue();
		await pressOn(this.#mate.page, '对方扫好了，扫对方的码');
		await readCode(this.#mate, second);
		await expect(this.#mate.page.getByText(/^已和.+连上$/)).toBeVisible();
		await untilSaid('face_settled')(page, words);
	};

	/** The mate has left in the middle. */
	readonly part: Step = async (page, words) => {
		await this.meet(page, words);
		await this.#mate.visit('/app');
		await untilSaid('face_lost')(page, words);
	};
}
