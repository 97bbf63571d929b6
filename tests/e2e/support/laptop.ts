import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../server/courtyard/main.ts', import.meta.url));

/** The real relay in a courtyard, in a process of its own, which phones on this machine reach. */
export class Laptop {
	/** Of its own page. */
	readonly address: string;
	readonly #child: ChildProcess;
	readonly #dataDir: string;

	private constructor(address: string, child: ChildProcess, dataDir: string) {
		this.address = address;
		this.#child = child;
		this.#dataDir = dataDir;
	}

	static async start(name: string): Promise<Laptop> {
		const dataDir = mkdtempSync(join(tmpdir(), 'council-corner-courtyard-'));
		const place = { PORT: '0', UDP_PORT: String(await freePort()), UDP_HOST: '127.0.0.1', DATA_DIR: dataDir };
		const env = { ...process.env, ...place, NAME: name, ORIGIN: 'https://corner.example', OPEN: 'off' };
		const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
		return new Laptop(await printedAddress(child), child, dataDir);
	}

	/** Puts it to sleep, as closing the lid does. */
	sleep(): void {
		this.#child.kill('SIGSTOP');
	}

	wake(): void {
		this.#child.kill('SIGCONT');
	}

	async stop(): Promise<void> {
		const gone = new Promise((resolve) => this.#child.once('exit', resolve));
		this.#child.kill('SIGTERM');
		await gone;
		rmSync(this.#dataDir, { recursive: true, force: true });
	}
}

async function printedAddress(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let printed = '';
		child.once('exit', (code) => reject(new Error(`The laptop ended with ${code}: ${printed}`)));
		child.stdout?.on('data', (bytes: Buffer) => {
			printed += bytes.toString();
			const address = /(http:\/\/127\.0\.0\.1:\d+)\n/.exec(printed)?.[1];
			if (address !== undefined) resolve(address);
		});
	});
}

async function freePort(): Promise<number> {
	const socket = createSocket('udp4');
	await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
	const { port } = socket.address();
	await new Promise<void>((resolve) => socket.close(resolve));
	return port;
}
