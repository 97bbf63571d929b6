import type { WrappedSeed } from './port.ts';

const ALGORITHM = 'AES-GCM';
const IV_BYTES = 12;

/** KEY-2: what IndexedDB keeps of the seed is of no use outside this browser. */
export async function wrapSeed(seed: Uint8Array): Promise<WrappedSeed> {
	const usages: KeyUsage[] = ['encrypt', 'decrypt'];
	const wrappingKey = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, usages);
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const sealed = await crypto.subtle.encrypt({ name: ALGORITHM, iv }, wrappingKey, seed as BufferSource);
	return { wrappingKey, iv, sealed: new Uint8Array(sealed) };
}

/** The seed in memory, for as long as one signature takes. */
export async function unwrapSeed({ wrappingKey, iv, sealed }: WrappedSeed): Promise<Uint8Array> {
	const how = { name: ALGORITHM, iv: iv as BufferSource };
	return new Uint8Array(await crypto.subtle.decrypt(how, wrappingKey, sealed as BufferSource));
}
