import { chromium, type Browser } from '@playwright/test';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserOptions } from '../support/browser.ts';
import { must } from '../support/must.ts';
import { inside, type Place } from './networks.ts';

/** By which the name server knows home. */
export const HOME_NAME = 'corner.test';
/** By which browsers call it. */
export const APP_HOST = 'corner.localhost';

/** A real browser in a place. Playwright speaks to it through pipes, which know of no networks. `folder`: for its starter. */
export async function browserAt(place: Place, folder: string): Promise<Browser> {
	const options = await browserOptions();
	const starter = join(folder, `chromium-${place}`);
	const command = ['ip', ...inside(place), must(options.executablePath)].join(' ');
	writeFileSync(starter, `#!/bin/sh\nexec ${command} "$@"\n`);
	chmodSync(starter, 0o755);
	// A page of this name is trusted as one with a certificate is (W3C Secure Contexts), wherever the name leads to.
	const args = [...must(options.args), `--host-resolver-rules=MAP ${APP_HOST} ${HOME_NAME}`];
	return chromium.launch({ ...options, executablePath: starter, args });
}
