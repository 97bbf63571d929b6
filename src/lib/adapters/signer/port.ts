import type { DeviceKey } from '#core/kernel/ids.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';

/** KEY-2: 32 bytes of seed under a key of the browser's own, which can open them here and can never be read. */
export interface WrappedSeed {
	/** AES-GCM, non-extractable. */
	readonly wrappingKey: CryptoKey;
	readonly iv: Uint8Array;
	readonly sealed: Uint8Array;
}

/** What is kept of a device's key: the browser's own form, or, where it knows no Ed25519, a wrapped seed. */
export type PrivateKey = CryptoKey | WrappedSeed;

export interface KeyPair {
	readonly key: DeviceKey;
	readonly privateKey: PrivateKey;
}

/** One way of making and judging Ed25519 signatures. All give the same verdicts: KEY-1. */
export interface Signer<Private extends PrivateKey = PrivateKey> {
	/** A device key that never leaves this browser. */
	createDeviceKey(): Promise<KeyPair & { readonly privateKey: Private }>;
	/** The key pair of 32 bytes, for instance of an invitation's secret; the same everywhere. */
	keyFromSeed(seed: Uint8Array): Promise<KeyPair & { readonly privateKey: Private }>;
	/** 64 bytes. */
	sign(privateKey: Private, message: Uint8Array): Promise<Uint8Array>;
	/** Cofactorless (RFC 8032 5.1.7 without the factor 8), as every replica must judge alike. */
	verify(check: SignatureCheck): Promise<boolean>;
}

export const isWrappedSeed = (privateKey: PrivateKey): privateKey is WrappedSeed => 'sealed' in privateKey;
