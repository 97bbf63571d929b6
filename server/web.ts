import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HANDLER = fileURLToPath(new URL('../build/handler.js', import.meta.url));

type Handler = (...call: [...Parameters<RequestListener>, next: () => void]) => void;

/** The built pages. `origin` is what the pages take for their own address. */
export async function openPages(origin: string): Promise<RequestListener> {
	if (!existsSync(HANDLER)) throw new Error('The pages are not built yet: run `npm run build`, or `npm start`.');
	// adapter-node reads it when its handler is imported.
	process.env['ORIGIN'] ??= origin;
	const { handler } = (await import(pathToFileURL(HANDLER).href)) as { handler: Handler };
	return (request, response) => handler(request, response, () => notFound(request, response));
}

export const noPages: RequestListener = (request, response) => notFound(request, response);

const notFound: RequestListener = (_request, response) => {
	response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
	response.end('There is no page at this address.\n');
};
