import { BLOB_LIMITS } from '#core/kernel/cbor.ts';
import { concat, type BlobHash, type DeviceKey } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import { LIMITS } from './limits.ts';

export type Chunk = Extract<LedgerMessage, { t: 'chunk' }>;
export type Intake = { readonly bytes: Uint8Array } | { readonly refusal: string } | 'more';

interface Upload {
	readonly from: DeviceKey;
	readonly hash: BlobHash;
	readonly size: number;
	readonly pieces: Uint8Array[];
	received: number;
	/** When the latest piece came. */
	at: number;
}

/**
 * RELAY-49: the pieces of one grid's blobs that are still on their way. They belong to the device that sends them, not to
 * its connection, so after a cut it goes on where it was; and nobody can spoil what somebody else sends. Only in memory.
 */
export class HalfSentBlobs {
	readonly #now: () => number;
	readonly #uploads = new Map<string, Upload>();
	#bytes = 0;

	constructor(now: () => number) {
		this.#now = now;
	}

	/** How much of a blob this device has sent already. */
	received(from: DeviceKey, hash: BlobHash): number {
		return this.#uploads.get(keyOf(from, hash))?.received ?? 0;
	}

	/** Pieces come in order; offset 0 begins again. A wrong piece or a wrong whole is dropped. */
	take(from: DeviceKey, { hash, offset, size, bytes }: Chunk): Intake {
		const upload = offset === 0 ? this.#begin(from, hash, size) : this.#uploads.get(keyOf(from, hash));
		if (upload?.received !== offset) return { refusal: 'later' };
		if (upload.size !== size || offset + bytes.length > size || bytes.length === 0 || size > BLOB_LIMITS.bytes) {
			return this.#end(upload, { refusal: 'blob-malformed' });
		}
		this.#append(upload, bytes);
		return upload.received < size ? 'more' : this.#end(upload, whole(upload));
	}

	/** undefined when the device is in the middle of enough others. */
	#begin(from: DeviceKey, hash: BlobHash, size: number): Upload | undefined {
		this.#drop(this.#uploads.get(keyOf(from, hash)));
		const own = [...this.#uploads.values()].filter((upload) => upload.from === from);
		if (own.length >= LIMITS.uploads) {
			const abandoned = own.find(({ at }) => this.#now() - at > LIMITS.uploadPatience);
			if (!abandoned) return undefined;
			this.#drop(abandoned);
		}
		const upload = { from, hash, size, pieces: [], received: 0, at: this.#now() };
		this.#uploads.set(keyOf(from, hash), upload);
		return upload;
	}

	#append(upload: Upload, bytes: Uint8Array): void {
		upload.pieces.push(bytes);
		upload.received += bytes.length;
		upload.at = this.#now();
		this.#bytes += bytes.length;
		// Last in the order of latest pieces, so that the first is the one that waits longest.
		this.#uploads.delete(keyOf(upload.from, upload.hash));
		this.#uploads.set(keyOf(upload.from, upload.hash), upload);
		while (this.#bytes > LIMITS.halfSentBytes) this.#drop(this.#uploads.values().next().value);
	}

	#end(upload: Upload, outcome: Intake): Intake {
		this.#drop(upload);
		return outcome;
	}

	#drop(upload: Upload | undefined): void {
		if (!upload || !this.#uploads.delete(keyOf(upload.from, upload.hash))) return;
		this.#bytes -= upload.received;
	}
}

const keyOf = (from: DeviceKey, hash: BlobHash): string => `${from} ${hash}`;

function whole({ hash, pieces }: Upload): Intake {
	const bytes = concat(...pieces);
	return blobHash(bytes) === hash ? { bytes } : { refusal: 'blob-hash-wrong' };
}
