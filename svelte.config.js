import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: adapter(),
		// The cached shell of /app answers for every path below it, so its assets need absolute paths.
		paths: { relative: false },
		files: { serviceWorker: 'src/service-worker' },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				// libsodium, which signs where the browser has no Ed25519, is WebAssembly; this allows no eval of script.
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self'],
				// ProseMirror and server-rendered `style:` directives write style attributes, which no hash can allow.
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'connect-src': ['self'],
				'font-src': ['self'],
				'manifest-src': ['self'],
				'worker-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['self'],
				// Kit leaves this one out of the <meta> of prerendered shells, where browsers would ignore it.
				'frame-ancestors': ['none'],
			},
		},
	},
};
