import { gunzipSync, gzipSync } from 'node:zlib';
import { decodeCarriedFile, encodeCarriedFile } from '#core/bundle/carried-file.ts';
import type { Step } from './screen.ts';

/** Chooses the file of an outcome, or what the relay answers where there is none. */
export const recount = (slug: string): Step => choose(slug, (bytes) => bytes);
/** Chooses the file without what its tellers signed. */
export const recountWithoutTellers = (slug: string): Step => choose(slug, withoutTellers);

function choose(slug: string, alter: (bytes: Buffer) => Buffer): Step {
	return async (page) => {
		const answer = await page.request.get(new URL(`/n/${slug}/outcome.corner`, page.url()).href);
		const file = { name: `${slug}.corner`, mimeType: 'application/gzip', buffer: alter(await answer.body()) };
		await page.locator('input[type=file]').setInputFiles(file);
	};
}

function withoutTellers(bytes: Buffer): Buffer {
	const file = decodeCarriedFile(gunzipSync(bytes));
	if (!file.ok) throw new Error(file.error);
	const records = file.value.records.filter((held) => !('type' in held && held.type === 'cosign'));
	return gzipSync(encodeCarriedFile({ ...file.value, records }));
}
