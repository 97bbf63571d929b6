import { BLOB_LIMITS } from '#core/kernel/cbor.ts';
import { concat, type BlobHash } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import { LIMITS } from './limits.ts';

export type Chunk = Extract<LedgerMessage, { t: 'chunk' }>;
export type Intake = { readonly bytes: Uint8Array } | { readonly refusal: string } | 'more';

interface Upload {
	readonly size: number;
	readonly pieces: Uint8Array[];
	received: number;
}

/** Puts the pieces of one connection's blobs together. Pieces come in order; a wrong one ends that blob only. */
export class BlobIntake {
	readonly #uploads = new Map<BlobHash, Upload>();

	take({ hash, offset, size, bytes }: Chunk): Intake {
		const upload = offset === 0 ? this.#begin(hash, size) : this.#uploads.get(hash);
		if (!upload) return { refusal: 'later' };
		const fits =
			upload.size === size && upload.received === offset && offset + bytes.length <= size && bytes.length > 0;
		if (!fits) return this.#end(hash, { refusal: 'blob-malformed' });
		upload.pieces.push(bytes);
		upload.received += bytes.length;
		return upload.received < size ? 'more' : this.#end(hash, whole(hash, upload));
	}

	/** undefined when the connection sends too many at once. */
	#begin(hash: BlobHash, size: number): Upload | undefined {
		if (!this.#uploads.has(hash) && this.#uploads.size >= LIMITS.uploads) return undefined;
		// A wrong size is found by `take`: nothing of it fits.
		const upload = { size: size <= BLOB_LIMITS.bytes ? size : -1, pieces: [], received: 0 };
		this.#uploads.set(hash, upload);
		return upload;
	}

	#end(hash: BlobHash, outcome: Intake): Intake {
		this.#uploads.delete(hash);
		return outcome;
	}
}

function whole(hash: BlobHash, { pieces }: Upload): Intake {
	const bytes = concat(...pieces);
	return blobHash(bytes) === hash ? { bytes } : { refusal: 'blob-hash-wrong' };
}
