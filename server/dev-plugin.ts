import { resolve } from 'node:path';
import type { Plugin, ViteDevServer } from 'vite';
import { openCorner, type Corner } from './corner.ts';
import { consoleLog as log } from './log.ts';

/**
 * Vite builds a new server before it closes the old one when its configuration changes, and loads this module again;
 * but a data folder has one relay. So the relay is the process's, and a change in `server/` needs `npm run dev` again.
 */
const SHARED = Symbol.for('council-corner/development');
const DEVELOPMENT = { origin: undefined, proxies: 0, gridShare: 1024 ** 3, peers: [] };
type Shared = { [SHARED]?: Promise<Corner> };

/**
 * The relay inside `npm run dev`, on the same port as the pages. Left out under Vitest, where an open store would keep
 * the run from ending.
 */
export function relayPlugin(): Plugin {
	return {
		name: 'council-corner-relay',
		apply: (_config, { command, isPreview }) => command === 'serve' && !isPreview && !process.env['VITEST'],
		configureServer: attachRelay,
	};
}

async function attachRelay(vite: ViteDevServer): Promise<void> {
	const { config, httpServer } = vite;
	if (!httpServer) return;
	const dataDir = resolve(config.root, process.env['DATA_DIR'] ?? './data');
	const founding = process.env['FOUNDING'] === 'open' ? 'open' : 'code';
	const shared = globalThis as Shared;
	const corner = await (shared[SHARED] ??= openCorner({ dataDir, founding, log, ...DEVELOPMENT }));
	corner.attach(httpServer as Parameters<Corner['attach']>[0]);
	vite.middlewares.use((request, response, next) => corner.answer(request, response) || next());
	// Vite knows its address only after it has told everybody else that it listens.
	httpServer.once('listening', () => setTimeout(() => void printLink(vite, corner), 0));
}

async function printLink({ resolvedUrls }: ViteDevServer, corner: Corner): Promise<void> {
	const address = resolvedUrls?.local[0]?.replace(/\/$/, '') ?? 'http://localhost:5173';
	const link = await corner.foundingLink(address);
	if (link) log.note(`  Found a grid: ${link}`);
}
