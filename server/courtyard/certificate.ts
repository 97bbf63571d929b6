import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	sign,
	X509Certificate,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	bitString,
	explicit,
	generalizedTime,
	integer,
	objectIdentifier,
	sequence,
	set,
	utcTime,
	utf8String,
} from './der.ts';

/** By its fingerprint phones know the relay: it stands in the QR code, and in every grid that took the relay on. */
export interface Certificate {
	/** PEM. */
	readonly certificate: string;
	/** PEM, a secret. */
	readonly key: string;
	/** SHA-256, in lowercase hex. */
	readonly fingerprint: string;
}

const FILE = 'courtyard.pem';
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
/** RFC 5280 4.1.2.5: a certificate that has no end. No clock is asked: a laptop's may be wrong. */
const VALIDITY = sequence(utcTime('250101000000Z'), generalizedTime('99991231235959Z'));

/** DIRECT-8: made at the first start, and the same for good. Throws when the file is there and cannot be read. */
export function readCertificate(dataDir: string): Certificate {
	const file = join(dataDir, FILE);
	if (!existsSync(file)) write(file, makeCertificate());
	const pem = readFileSync(file, 'utf8');
	const [key = '', certificate = ''] = pem.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n/g) ?? [];
	try {
		return checked(key, certificate);
	} catch (error) {
		throw new Error(`${file} is broken. Put it back from a backup: without it no phone knows this relay.`, {
			cause: error,
		});
	}
}

function checked(key: string, certificate: string): Certificate {
	const parsed = new X509Certificate(certificate);
	if (!parsed.checkPrivateKey(createPrivateKey(key))) throw new Error('The key is not that of the certificate');
	return { certificate, key, fingerprint: parsed.fingerprint256.replaceAll(':', '').toLowerCase() };
}

/** Whole or not at all: half a file would be taken for a broken one for ever. */
function write(file: string, pem: string): void {
	const unfinished = `${file}.new`;
	writeFileSync(unfinished, pem, { mode: 0o600, flush: true });
	renameSync(unfinished, file);
}

/** The key and a certificate of it signed by itself (RFC 5280), in PEM. */
export function makeCertificate(): string {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	return key + toPem(selfSigned(privateKey));
}

function selfSigned(privateKey: KeyObject): Buffer {
	const algorithm = sequence(objectIdentifier(ECDSA_WITH_SHA256));
	const name = sequence(set(sequence(objectIdentifier(COMMON_NAME), utf8String('Council Corner'))));
	const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
	const version3 = explicit(0, integer(Uint8Array.of(2)));
	const serial = integer(randomBytes(16));
	const content = sequence(version3, serial, algorithm, name, VALIDITY, name, publicKey);
	return sequence(content, algorithm, bitString(sign('sha256', content, privateKey)));
}

function toPem(der: Buffer): string {
	const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
	return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
