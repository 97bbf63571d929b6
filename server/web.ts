import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HANDLER = fileURLToPath(new URL('../build/handler.js', import.meta.url));

/** On every answer: prerendered shells are files, which no hook of the pages sees, and a <meta> cannot forbid framing. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'Referrer-Policy': 'no-referrer',
	'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
};

type Handler = (...call: [...Parameters<RequestListener>, next: () => void]) => void;

/** The built pages. `origin` is what the pages take for their own address. */
export async function openPages(origin: string): Promise<RequestListener> {
	if (!existsSync(HANDLER)) throw new Error('The pages are not built yet: run `npm run build`, or `npm start`.');
	// adapter-node reads it when its handler is imported.
	process.env['ORIGIN'] ??= origin;
	const { handler } = (await import(pathToFileURL(HANDLER).href)) as { handler: Handler };
	return (request, response) => {
		for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
		handler(request, response, () => notFound(request, response));
	};
}

export const noPages: RequestListener = (request, response) => notFound(request, response);

const notFound: RequestListener = (_request, response) => {
	response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
	response.end('There is no page at this address.\n');
};
