import type { IncomingMessage, ServerResponse } from 'node:http';
import { PAGE_POLICY, renderPage, type Shown } from './page.ts';

/** By which a browser on this laptop calls it. Another site may lend its name to this address, but not these. */
const OWN_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
const HEADERS = {
	'Cache-Control': 'no-store',
	'Content-Security-Policy': PAGE_POLICY,
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
};

/** DIRECT-9: the laptop's own page, and the news that it has changed. For browsers on this laptop only. */
export class LaptopPages {
	readonly #shown: () => Shown;
	readonly #listening = new Set<ServerResponse>();

	constructor(shown: () => Shown) {
		this.#shown = shown;
	}

	/** Says whether the request was for one of them. */
	answer(request: IncomingMessage, response: ServerResponse): boolean {
		const { method, url } = request;
		if (method !== 'GET' || (url !== '/' && url !== '/events')) return false;
		if (!isFromHere(request)) response.writeHead(403).end();
		else if (url === '/')
			response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/html; charset=utf-8' }).end(this.#page());
		else this.#listen(response);
		return true;
	}

	/** Tells every open page to look again. */
	changed(): void {
		for (const response of this.#listening) response.write('data:\n\n');
	}

	close(): void {
		for (const response of this.#listening) response.end();
	}

	#page(): string {
		return renderPage(this.#shown());
	}

	#listen(response: ServerResponse): void {
		response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
		// What changed between the page and this is not missed.
		response.write('retry: 2000\ndata:\n\n');
		this.#listening.add(response);
		response.on('close', () => this.#listening.delete(response));
	}
}

function isFromHere({ headers, socket }: IncomingMessage): boolean {
	const host = (headers.host ?? '').replace(/:\d+$/, '');
	const address = socket.remoteAddress ?? '';
	return OWN_HOSTS.includes(host) && /^(127\.|::1$|::ffff:127\.)/.test(address);
}
