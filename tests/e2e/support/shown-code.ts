import type { Page } from '@playwright/test';
import decodeQR from 'qr/decode.js';

/** What a camera reads off the screen. */
export async function shownLink(page: Page): Promise<string> {
	// Of the whole page: the code is drawn anew whenever something has changed.
	const picture = await page.screenshot();
	const blank = await page.context().newPage();
	await blank.goto('about:blank');
	const { width, height, pixels } = await blank.evaluate(async (base64) => {
		const image = new Image();
		image.src = `data:image/png;base64,${base64}`;
		await image.decode();
		const { width, height } = image;
		const canvas = new OffscreenCanvas(width, height).getContext('2d');
		canvas?.drawImage(image, 0, 0);
		const { data } = canvas?.getImageData(0, 0, width, height) ?? { data: new Uint8ClampedArray() };
		const reader = new FileReader();
		reader.readAsDataURL(new Blob([data]));
		await new Promise((resolve) => (reader.onload = resolve));
		return { width, height, pixels: String(reader.result).split(',')[1] ?? '' };
	}, picture.toString('base64'));
	await blank.close();
	return decodeQR({ width, height, data: Uint8Array.from(Buffer.from(pixels, 'base64')) });
}
