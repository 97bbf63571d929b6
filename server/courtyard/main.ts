import { createServer } from 'node:http';
import { formatRelayCard } from '#core/wire/relay-card.ts';
import { openCorner } from '../corner.ts';
import { consoleLog as log } from '../log.ts';
import { endCleanly, listen, refuseToStart } from '../process.ts';
import { SYNC_PATH } from '../relay/socket.ts';
import { noPages } from '../web.ts';
import { openBrowser } from './browser.ts';
import { readCertificate } from './certificate.ts';
import { readCourtyardConfig, type CourtyardConfig } from './config.ts';
import { LaptopPages } from './laptop-pages.ts';
import { Listener } from './listener.ts';
import { LiveCard } from './live-card.ts';

const config = readCourtyardConfig(process.env);
if (config.ok) await run(config.value).catch(refuseToStart);
else refuseToStart(config.error);

/** The composition root of a relay in the courtyard: a relay, a UDP port for phones, and a page for this laptop. */
async function run(settings: CourtyardConfig): Promise<void> {
	const { port, host, origin, udpPort, udpHost } = settings;
	const corner = await openCorner({ ...settings, log });
	const { relay } = corner;
	const certificate = readCertificate(settings.dataDir);
	const server = createServer();
	corner.attach(server);
	server.on('upgrade', (request, socket) => request.url?.startsWith(SYNC_PATH) || socket.destroy());
	const address = `http://${host}:${await listen(server, port, host)}`;
	const changed = () => pages.changed();
	const received = relay.receive.bind(relay);
	const listener = new Listener({ port: udpPort, host: udpHost, certificate, log, received, counted: changed });
	const live = await LiveCard.open({ settings, relay, fingerprint: certificate.fingerprint, log, changed });
	// Without the app's address the code is for the app's own scanner: a phone's camera is not to open this laptop.
	const link = () => formatRelayCard(origin ?? '', live.card);
	const pages = new LaptopPages(() => ({ card: live.card, link: link(), phones: listener.count }));
	server.on('request', (request, response) => pages.answer(request, response) || noPages(request, response));
	endCleanly(server, log, async () => {
		live.close();
		pages.close();
		await corner.close();
		listener.close();
	});
	log.note(`院里的中继 Relay in the courtyard: ${address}`);
	if (settings.opensBrowser) openBrowser(address);
}
