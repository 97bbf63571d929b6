import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../support/wait.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const READY_MS = 20_000;

/** The real process: app, relay and public pages, on a data folder that goes with the test. */
export class RelayProcess {
	readonly port: number;
	readonly #dataDir: string;
	readonly #environment: Readonly<Record<string, string>>;
	#child: ChildProcess | undefined;
	#output = '';

	private constructor(port: number, environment: Readonly<Record<string, string>>) {
		this.port = port;
		this.#environment = environment;
		this.#dataDir = mkdtempSync(join(tmpdir(), 'council-corner-e2e-'));
	}

	/** `environment`: what differs from the defaults. */
	static async start(environment: Readonly<Record<string, string>> = {}): Promise<RelayProcess> {
		const relay = new RelayProcess(await freePort(), environment);
		await relay.restart();
		return relay;
	}

	get origin(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** The code of the founding link that the process printed. */
	get foundingCode(): string {
		const code = /\/app\/found#(\S+)/.exec(this.#output)?.[1];
		if (!code) throw new Error(`The relay printed no founding link:\n${this.#output}`);
		return code;
	}

	async restart(): Promise<void> {
		this.#output = '';
		const child = spawn(process.execPath, ['server/main.ts'], {
			cwd: ROOT,
			env: { ...process.env, ...this.#settings(), ...this.#environment },
		});
		child.stdout.on('data', (data: Buffer) => (this.#output += data.toString()));
		child.stderr.on('data', (data: Buffer) => (this.#output += data.toString()));
		this.#child = child;
		await eventually(async () => {
			const response = await fetch(this.origin);
			if (!response.ok) throw new Error(`The relay answers ${response.status}:\n${this.#output}`);
		}, READY_MS);
	}

	#settings(): Readonly<Record<string, string>> {
		return { PORT: String(this.port), HOST: '127.0.0.1', DATA_DIR: this.#dataDir, ORIGIN: this.origin };
	}

	/** As a power cut does it: no goodbye, no flush. */
	async kill(): Promise<void> {
		const child = this.#child;
		if (!child || child.exitCode !== null) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await gone;
	}

	async stop(): Promise<void> {
		await this.kill();
		rmSync(this.#dataDir, { recursive: true, force: true });
	}
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
