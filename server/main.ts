import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig, type Config } from './config.ts';
import { openCorner, type Corner } from './corner.ts';
import { consoleLog as log } from './log.ts';
import { SYNC_PATH } from './relay/relay.ts';
import { noPages, openPages } from './web.ts';

/** How long open page requests may take at the end, in milliseconds. */
const PATIENCE = 3000;

const config = readConfig(process.env);
if (config.ok) await run(config.value).catch(refuseToStart);
else refuseToStart(config.error);

/** The composition root of the process. */
async function run({ port, host, web, ...settings }: Config): Promise<void> {
	const { origin } = settings;
	const corner = await openCorner({ ...settings, log });
	const server = createServer();
	corner.attach(server);
	// Node leaves a socket open once somebody listens to upgrades; nothing but the relay wants one here.
	server.on('upgrade', (request, socket) => request.url?.startsWith(SYNC_PATH) || socket.destroy());
	await listen(server, port, host);
	const address = origin ?? `http://${host}:${(server.address() as AddressInfo).port}`;
	const pages = web === 'on' ? await openPages(address) : noPages;
	server.on('request', (request, response) => corner.answer(request, response) || pages(request, response));
	endCleanly(server, corner);
	const link = await corner.foundingLink(address);
	log.note(`议事角 Council Corner: ${address}`);
	if (link) log.note(`Found a grid: ${link}`);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
}

function endCleanly(server: Server, corner: Corner): void {
	let isEnding = false;
	const end = async () => {
		if (isEnding) return;
		isEnding = true;
		server.close();
		setTimeout(() => process.exit(0), PATIENCE).unref();
		await corner.close();
		server.closeIdleConnections();
	};
	process.on('SIGINT', () => void end());
	process.on('SIGTERM', () => void end());
	// What a session throws is caught at the session; this is for everything else, pages included.
	process.on('uncaughtException', (error) => log.fault('a bug outside any connection', error));
	process.on('unhandledRejection', (error) => log.fault('a bug outside any connection', error));
}

function refuseToStart(reason: unknown): void {
	console.error(reason instanceof Error ? reason.message : String(reason));
	process.exitCode = 1;
}
