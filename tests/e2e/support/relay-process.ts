import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../../support/must.ts';
import { heldBy, type Held } from '../../support/relay-disk.ts';
import { spawnRelay, type SpawnedRelay } from '../../support/spawn-relay.ts';

/** The real process with app, relay and public pages, on a port that it keeps and a data folder that goes with the test. */
export class RelayProcess {
	readonly port: number;
	readonly #dataDir = mkdtempSync(join(tmpdir(), 'council-corner-e2e-'));
	readonly #environment: Readonly<Record<string, string>>;
	#running: SpawnedRelay | undefined;

	private constructor(port: number, environment: Readonly<Record<string, string>>) {
		this.port = port;
		this.#environment = environment;
	}

	/** `environment`: what differs from the defaults. `fill` puts something into the data folder beforehand. */
	static async start(
		environment: Readonly<Record<string, string>> = {},
		fill?: (dataDir: string) => Promise<void>,
	): Promise<RelayProcess> {
		const relay = new RelayProcess(await freePort(), environment);
		await fill?.(relay.#dataDir);
		await relay.restart();
		return relay;
	}

	get origin(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** The code of the founding link that the process printed. */
	get foundingCode(): string {
		return must(this.#running?.foundingCode, 'The founding link');
	}

	async restart(): Promise<void> {
		const settings = { PORT: String(this.port), ORIGIN: this.origin, WEB: 'on', ...this.#environment };
		this.#running = await spawnRelay(this.#dataDir, settings);
	}

	/** What is on its disk. */
	held(): Held {
		return heldBy(this.#dataDir);
	}

	async kill(): Promise<void> {
		await this.#running?.kill();
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
