import { createServer } from 'node:http';
import { readConfig, type Config } from './config.ts';
import { openCorner } from './corner.ts';
import { consoleLog as log } from './log.ts';
import { endCleanly, listen, refuseToStart } from './process.ts';
import { SYNC_PATH } from './relay/socket.ts';
import { noPages, openPages } from './web.ts';

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
	const listening = await listen(server, port, host);
	const address = origin ?? `http://${host}:${listening}`;
	const pages = web === 'on' ? await openPages(address) : noPages;
	server.on('request', (request, response) => corner.answer(request, response) || pages(request, response));
	endCleanly(server, log, () => corner.close());
	const link = await corner.foundingLink(address);
	// In one piece: whoever waits for the address has the link with it.
	log.note(`议事角 Council Corner: ${address}${link ? `\nFound a grid: ${link}` : ''}`);
}
