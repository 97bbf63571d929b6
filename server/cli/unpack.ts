import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { err, ok, type Result } from '#core/kernel/result.ts';

class TooLarge extends Error {}

/** BUNDLE-6: what a gzip file unpacks to, at most `limit` bytes: a small file must not be able to fill the memory. */
export async function unpack(
	path: string,
	limit: number,
): Promise<Result<Uint8Array, 'file-not-ours' | 'file-broken' | 'file-too-large'>> {
	if (!(await isGzip(path))) return err('file-not-ours');
	const pieces: Buffer[] = [];
	try {
		await pipeline(createReadStream(path), createGunzip(), async (unpacked: AsyncIterable<Buffer>) => {
			let size = 0;
			for await (const piece of unpacked) {
				size += piece.length;
				if (size > limit) throw new TooLarge();
				pieces.push(piece);
			}
		});
		return ok(new Uint8Array(Buffer.concat(pieces)));
	} catch (failure) {
		return err(failure instanceof TooLarge ? 'file-too-large' : 'file-broken');
	}
}

async function isGzip(path: string): Promise<boolean> {
	const file = await open(path);
	try {
		const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
		return buffer[0] === 0x1f && buffer[1] === 0x8b;
	} finally {
		await file.close();
	}
}
