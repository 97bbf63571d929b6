import { createPrivateKey, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { fromHex, toHex, type DeviceKey } from '#core/kernel/ids.ts';
import { KNOWN_ANSWER } from '#core/ledger/known-answer.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';

/** DER before the 32 bytes of an Ed25519 public key (RFC 8410). */
const SPKI = fromHex('302a300506032b6570032100');
/** DER before the 32 bytes of an Ed25519 seed (RFC 8410). */
const PKCS8 = fromHex('302e020100300506032b657004220420');
const KEPT_KEYS = 4096;

/** Finds signatures true with OpenSSL, which is cofactorless as LEDGER 0.5 demands. Keeps parsed keys. */
export class Verifier {
	readonly #keys = new Map<DeviceKey, KeyObject>();

	/** SIG-2: throws a sentence where this Node would judge otherwise than every device does. */
	constructor() {
		if (this.isTrue(KNOWN_ANSWER.honest) && !this.isTrue(KNOWN_ANSWER.crafted)) return;
		throw new Error('This Node finds Ed25519 signatures true that others refuse, or the reverse: use another one.');
	}

	isTrue({ key, message, signature }: SignatureCheck): boolean {
		const parsed = this.#parse(key);
		return parsed !== undefined && verify(null, message, parsed, signature);
	}

	/** The same on Node's own threads, for many at a time. */
	async isTrueAside({ key, message, signature }: SignatureCheck): Promise<boolean> {
		const parsed = this.#parse(key);
		if (!parsed) return false;
		return new Promise((resolve, reject) => {
			verify(null, message, parsed, signature, (failure, isTrue) => (failure ? reject(failure) : resolve(isTrue)));
		});
	}

	#parse(key: DeviceKey): KeyObject | undefined {
		const held = this.#keys.get(key);
		if (held) return held;
		const parsed = publicKey(key);
		if (this.#keys.size >= KEPT_KEYS) this.#keys.clear();
		if (parsed) this.#keys.set(key, parsed);
		return parsed;
	}
}

/** The signing key of a secret seed of 32 bytes. */
export function signingKeyOf(seed: Uint8Array): KeyObject {
	return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

/** The public key of a secret seed of 32 bytes. */
export function deviceKeyOf(seed: Uint8Array): DeviceKey {
	const der = createPublicKey(signingKeyOf(seed)).export({ format: 'der', type: 'spki' });
	return toHex(Uint8Array.from(der.subarray(SPKI.length))) as DeviceKey;
}

/** undefined for bytes that are no point of the curve. */
function publicKey(key: DeviceKey): KeyObject | undefined {
	try {
		return createPublicKey({ key: Buffer.concat([SPKI, fromHex(key)]), format: 'der', type: 'spki' });
	} catch {
		return undefined;
	}
}
