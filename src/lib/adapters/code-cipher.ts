import { toHex } from '#core/kernel/ids.ts';
import type { InviteCode } from '#core/roster/invite-code.ts';
import { CODE_KEY } from '#core/wire/rendezvous.ts';

/** What a spoken code opens. */
export interface CodeKey {
	/** Proves to the relay that one knows the code; lowercase hex. */
	readonly verifier: string;
	readonly key: CryptoKey;
}

const NONCE_BYTES = 12;

/** CODE-6: takes about a second on an old phone, which is what makes guessing dear. */
export async function deriveCodeKey({ locator, whole }: InviteCode): Promise<CodeKey> {
	const utf8 = new TextEncoder();
	const password = await crypto.subtle.importKey('raw', utf8.encode(whole), 'PBKDF2', false, ['deriveBits']);
	const salt = utf8.encode(CODE_KEY.salt(locator));
	const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: CODE_KEY.rounds };
	const bytes = new Uint8Array(await crypto.subtle.deriveBits(derivation, password, CODE_KEY.bytes * 8));
	const secret = bytes.slice(CODE_KEY.verifier);
	const key = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt']);
	return { verifier: toHex(bytes.slice(0, CODE_KEY.verifier)), key };
}

/** Nonce and ciphertext. */
export async function seal({ key }: CodeKey, text: string): Promise<Uint8Array> {
	const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
	const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text));
	return Uint8Array.from([...iv, ...new Uint8Array(sealed)]);
}

/** undefined when the bytes were not sealed under this key. */
export async function unseal({ key }: CodeKey, sealed: Uint8Array): Promise<string | undefined> {
	const iv = Uint8Array.from(sealed.subarray(0, NONCE_BYTES));
	const body = Uint8Array.from(sealed.subarray(NONCE_BYTES));
	try {
		return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, body));
	} catch {
		return undefined;
	}
}
