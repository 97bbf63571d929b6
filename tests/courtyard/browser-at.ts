import { chromium, type Browser } from '@playwright/test';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserOptions } from '../support/browser.ts';
import { must } from '../support/must.ts';
import { inside, type Place } from './networks.ts';

/** A real browser in a place. Playwright speaks to it through pipes, which know of no networks. `folder`: for its starter. */
export async function browserAt(place: Place, origin: string, folder: string): Promise<Browser> {
	const options = await browserOptions();
	const starter = join(folder, `chromium-${place}`);
	const command = ['ip', ...inside(place), must(options.executablePath)].join(' ');
	writeFileSync(starter, `#!/bin/sh\nexec ${command} "$@"\n`);
	chmodSync(starter, 0o755);
	// A certificate would prove nothing here: the browser is told to treat this address as one that has it.
	const args = [...must(options.args), `--unsafely-treat-insecure-origin-as-secure=${origin}`];
	return chromium.launch({ ...options, executablePath: starter, args });
}
