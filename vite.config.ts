import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { relayPlugin } from './server/dev-plugin.ts';

requireNode(22, 18);

export default defineConfig({
	plugins: [
		sveltekit(),
		relayPlugin(),
		// The same options as `npm run i18n`, which compiles for the checks that run without Vite.
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: './src/lib/i18n/paraglide',
			strategy: ['localStorage', 'baseLocale'],
			outputStructure: 'message-modules',
			emitReadme: false,
		}),
	],
	resolve: {
		// Dexie's package entry is its ES5 build; this is the same code as written for the browsers of today.
		alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }],
	},
	// The worker of /verify loads libsodium only where the browser needs it, and so has more than one file.
	worker: { format: 'es' },
	environments: {
		client: {
			build: {
				// After the bundler's own minifier, which stays on below: the vote's page is 3 kB smaller for both (UI-1).
				minify: 'terser',
				// Only styles are asked for ahead of a page's script: the service worker holds the scripts already, and
				// naming them all in the first one would cost the vote's page more than they gain (UI-1).
				modulePreload: { resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')) },
				terserOptions: { module: true, ecma: 2020, compress: { passes: 2 } },
				rolldownOptions: {
					// What every page of the workspace needs, and the ballot with it: one file compresses better than fifty, and
					// whoever has opened the app once can vote, even if the network goes before the next page.
					output: {
						minify: true,
						codeSplitting: {
							groups: [{ name: 'workspace', test: /\(workspace\)\/(app\/)?(\+(layout|error)\.|vote\/\[id\]\/\+page)/ }],
						},
					},
				},
			},
		},
	},
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'node',
					// Processes are started and browsers waited for; a busy machine takes longer than a wrong test.
					testTimeout: 20_000,
					environment: 'node',
					include: ['tests/{core,contracts,relay,sync,architecture,compat,fuzz}/**/*.test.ts'],
				},
			},
		],
	},
});

function requireNode(major: number, minor: number): void {
	const [ours = 0, oursMinor = 0] = process.versions.node.split('.').map(Number);
	if (ours > major || (ours === major && oursMinor >= minor)) return;
	throw new Error(
		`This needs Node ${major}.${minor} or newer, and this is ${process.versions.node}. ` +
			'Run it through npm (npm run dev, npm run build): the install brings Node 24 on Linux and Windows.',
	);
}
