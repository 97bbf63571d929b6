import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inside, type Place } from './networks.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PATIENCE = 30_000;

/** One of our programs, running in a place. */
export class ProcessAt {
	/** What it has printed. */
	printed = '';
	readonly #child: ChildProcess;

	/** `script`: from the root of the project. */
	constructor(place: Place, script: string, environment: Readonly<Record<string, string>> = {}) {
		const env = { ...process.env, ...environment };
		this.#child = spawn('ip', [...inside(place), process.execPath, ROOT + script], {
			env,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		this.#child.stdout?.on('data', (bytes: Buffer) => (this.printed += bytes.toString()));
	}

	/** Resolves when it has printed this; to its first group, if it has one. */
	async says(what: RegExp): Promise<string> {
		return new Promise((resolve, reject) => {
			const fail = () => reject(new Error(`It was to say ${what}, but said: ${this.printed}`));
			const timer = setTimeout(fail, PATIENCE);
			const look = () => {
				const found = what.exec(this.printed);
				if (!found) return;
				clearTimeout(timer);
				resolve(found[1] ?? '');
			};
			this.#child.once('exit', fail);
			this.#child.stdout?.on('data', look);
			look();
		});
	}

	async stop(): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const gone = new Promise((resolve) => this.#child.once('exit', resolve));
		this.#child.kill('SIGTERM');
		await gone;
	}
}
