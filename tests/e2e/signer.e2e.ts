import { expect, test } from '@playwright/test';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { fromHex } from '#core/kernel/ids.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';
import { must } from '../support/must.ts';
import { HONEST, HOSTILE } from '../support/signatures.ts';

const SIGNERS = fileURLToPath(new URL('./support/signers-in-page.ts', import.meta.url));

let server: Server;
let origin: string;

/** Keys are only given to pages of a secure origin, which 127.0.0.1 is. */
test.beforeAll(async () => {
	const script = await bundled();
	server = createServer((_, response) => {
		response.setHeader('content-type', 'text/html; charset=utf-8').end(`<script type="module">${script}</script>`);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => void server.close());

for (const name of ['webcrypto', 'sodium'] as const) {
	test(`[KEY-1] in a real browser ${name} gives the same verdicts as the relay`, async ({ page }) => {
		await page.goto(origin);
		const checks = [HONEST, ...HOSTILE.map(([, check]) => check)].map(asPlain);
		const verdicts = await page.evaluate(([signer, all]) => globalThis.verdicts(signer, all), [name, checks] as const);
		expect(verdicts).toEqual([true, ...HOSTILE.map(() => false)]);
	});
}

const asPlain = ({ key, message, signature }: SignatureCheck) => [[...fromHex(key)], [...message], [...signature]];

async function bundled(): Promise<string> {
	const built = await build({
		configFile: false,
		logLevel: 'error',
		build: {
			...{ write: false, target: 'es2022', lib: { entry: SIGNERS, formats: ['es'] }, minify: true },
			// One file: the page is served as nothing else.
			rolldownOptions: { output: { codeSplitting: false } },
		},
	});
	if (!Array.isArray(built)) throw new Error('A library is built once for each of its formats');
	return must(built[0]).output[0].code.replaceAll('</script', '<\\/script');
}
