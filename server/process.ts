import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './log.ts';

/** How long open page requests may take at the end, in milliseconds. */
const PATIENCE = 3000;

/** Resolves to the port it got. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	return (server.address() as AddressInfo).port;
}

/** On a signal, or Ctrl-C: `close` finishes what is under way. */
export function endCleanly(server: Server, log: Log, close: () => Promise<void>): void {
	let isEnding = false;
	const end = async () => {
		if (isEnding) return;
		isEnding = true;
		server.close();
		setTimeout(() => process.exit(0), PATIENCE).unref();
		await close();
		server.closeIdleConnections();
	};
	process.on('SIGINT', () => void end());
	process.on('SIGTERM', () => void end());
	// What a session throws is caught at the session; this is for everything else, pages included.
	process.on('uncaughtException', (error) => log.fault('a bug outside any connection', error));
	process.on('unhandledRejection', (error) => log.fault('a bug outside any connection', error));
}

export function refuseToStart(reason: unknown): void {
	console.error(reason instanceof Error ? reason.message : String(reason));
	process.exitCode = 1;
}
