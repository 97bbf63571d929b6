import { expect, test } from '@playwright/test';
import { found } from './support/acts.ts';
import { Neighbor } from './support/neighbor.ts';
import { RelayProcess } from './support/relay-process.ts';
import { LOCALES, wordsOf } from './support/screen.ts';

/** In points. */
const A4 = ['595', '842'];
const folder = process.env['SCREENS_PICTURES'];

test('[REACH-7] the convener’s manual is printed on one sheet of A4 in each language', async ({ browser }) => {
	const relay = await RelayProcess.start({ FOUNDING: 'open' });
	const convener = await Neighbor.arrive(browser, relay, '周海燕');
	await found(convener, relay, '要打印的议事角');
	for (const locale of LOCALES) {
		await convener.page.evaluate((chosen) => localStorage.setItem('PARAGLIDE_LOCALE', chosen), locale);
		await convener.visit('/app/courtyard/manual');
		await expect(convener.page.getByRole('heading', { name: wordsOf(locale)('manual_lost') })).toBeVisible();
		const path = folder === undefined ? {} : { path: `${folder}/manual-${locale}.pdf` };
		const pdf = await convener.page.pdf({ ...path, preferCSSPageSize: true });
		expect(pagesOf(pdf)).toEqual([A4]);
	}
	await convener.leave();
	await relay.stop();
});

/** Width and height of each page. */
function pagesOf(pdf: Buffer): readonly (readonly string[])[] {
	const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
	return [...boxes].map(([, width, height]) => [width, height].map((side) => Number(side).toFixed()));
}
