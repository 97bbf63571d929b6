import { createPublicKey, verify } from 'node:crypto';
import { fromHex } from '#core/kernel/ids.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';

/** DER before the 32 bytes of an Ed25519 public key (RFC 8410). */
const SPKI = fromHex('302a300506032b6570032100');

/** OpenSSL's verdict, which is cofactorless. */
export function isTrue({ key, message, signature }: SignatureCheck): boolean {
	try {
		const der = Buffer.concat([SPKI, fromHex(key)]);
		return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
	} catch {
		return false;
	}
}
