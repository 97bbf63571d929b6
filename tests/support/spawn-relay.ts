import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
export const COURTYARD_MAIN = fileURLToPath(new URL('../../server/courtyard/main.ts', import.meta.url));

/** The real relay in a process of its own. */
export interface SpawnedRelay {
	readonly host: string;
	readonly pid: number | undefined;
	/** From the founding link, if one was printed. */
	readonly foundingCode: string | undefined;
	/** Takes its life as a power cut does, no goodbye and no flush, and resolves when it is gone. */
	kill(): Promise<void>;
}

/** Starts it on a data folder, without pages unless `environment` says so; resolves when it has printed its address. */
export async function spawnRelay(
	dataDir: string,
	environment: Readonly<Record<string, string>> = {},
	main = MAIN,
): Promise<SpawnedRelay> {
	const settings = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, WEB: 'off', FOUNDING: 'code', ...environment };
	const env = { ...process.env, ...settings };
	const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
	const printed = await printedAddress(child);
	const host = /http:\/\/(127\.0\.0\.1:\d+)/.exec(printed)?.[1];
	if (host === undefined) throw new Error(`The relay said: ${printed}`);
	return { host, pid: child.pid, foundingCode: /#([\w-]+)/.exec(printed)?.[1], kill: () => kill(child) };
}

/** The address comes last, together with the founding link of a relay without a grid. */
async function printedAddress(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let printed = '';
		child.once('exit', (code) => reject(new Error(`The relay ended with ${code}: ${printed}`)));
		child.stdout?.on('data', (bytes: Buffer) => {
			printed += bytes.toString();
			if (/http:\/\/127\.0\.0\.1:\d+\n/.test(printed)) resolve(printed);
		});
	});
}

async function kill(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGKILL');
	await gone;
}
