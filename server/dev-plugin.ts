import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { openCorner } from './corner.ts';
import { consoleLog as log } from './log.ts';

/**
 * The relay inside `npm run dev`, on the same port as the pages. Left out under Vitest, where an open store would keep
 * the run from ending.
 */
export function relayPlugin(): Plugin {
	return {
		name: 'council-corner-relay',
		apply: (_config, { command, isPreview }) => command === 'serve' && !isPreview && !process.env['VITEST'],
		async configureServer({ config, httpServer, resolvedUrls }) {
			if (!httpServer) return;
			const dataDir = resolve(config.root, process.env['DATA_DIR'] ?? './data');
			const founding = process.env['FOUNDING'] === 'open' ? 'open' : 'code';
			const corner = await openCorner({ dataDir, founding, origin: undefined, log });
			corner.attach(httpServer as Parameters<typeof corner.attach>[0]);
			httpServer.once('listening', () => {
				const address = httpServer.address();
				const port = typeof address === 'object' ? address?.port : undefined;
				const origin = resolvedUrls?.local[0]?.replace(/\/$/, '') ?? `http://localhost:${port ?? 5173}`;
				void corner.foundingLink(origin).then((link) => link && log.note(`  Found a grid: ${link}`));
			});
			httpServer.once('close', () => void corner.close());
		},
	};
}
