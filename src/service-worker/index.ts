/// <reference types="@sveltejs/kit" />
import { build, files, prerendered, version } from '$service-worker';

const worker = self as unknown as ServiceWorkerGlobalScope;

const PREFIX = 'council-corner-';
const APP_CACHE = `${PREFIX}app-${version}`;
const PAGES_CACHE = `${PREFIX}pages`;
const PRECACHED = new Set([...build, ...files]);

worker.addEventListener('install', (event) => {
	event.waitUntil(precache());
});

// No skipWaiting: an open tab keeps the version it started with, whose files the new one would delete.
worker.addEventListener('activate', (event) => {
	event.waitUntil(deleteOldCaches().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
	const answer = answerTo(event.request);
	if (answer) event.respondWith(answer);
});

async function precache(): Promise<void> {
	const cache = await caches.open(APP_CACHE);
	await cache.addAll([...PRECACHED, ...prerendered]);
}

async function deleteOldCaches(): Promise<void> {
	const old = (await caches.keys()).filter(
		(name) => name.startsWith(PREFIX) && name !== APP_CACHE && name !== PAGES_CACHE,
	);
	await Promise.all(old.map((name) => caches.delete(name)));
}

function answerTo(request: Request): Promise<Response> | undefined {
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
	if (url.pathname.startsWith('/sync/')) return;
	if (PRECACHED.has(url.pathname)) return cacheFirst(url.pathname, request);
	if (request.mode !== 'navigate') return;
	const shell = shellOf(url.pathname);
	return shell ? cacheFirst(shell, request) : networkFirst(request);
}

/** One shell answers for every path below it: `/app/topics/x` opens, offline too, without ever having been visited. */
function shellOf(pathname: string): string | undefined {
	return prerendered.find((shell) => pathname === shell || pathname.startsWith(`${shell}/`));
}

async function cacheFirst(key: string, request: Request): Promise<Response> {
	const cached = await (await caches.open(APP_CACHE)).match(key);
	return cached ?? fetch(request);
}

async function networkFirst(request: Request): Promise<Response> {
	const pages = await caches.open(PAGES_CACHE);
	try {
		const response = await fetch(request);
		if (response.ok) await pages.put(request, response.clone());
		return response;
	} catch (offline) {
		const lastCopy = await pages.match(request);
		if (lastCopy) return lastCopy;
		throw offline;
	}
}
