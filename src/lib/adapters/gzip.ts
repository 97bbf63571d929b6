import { concat } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';

/** Safari before 16.4 cannot. */
export const knowsGzip = (): boolean => typeof DecompressionStream === 'function';

export function gzip(bytes: Uint8Array): Promise<Blob> {
	const packed = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream('gzip'));
	return new Response(packed).blob();
}

/** Unpacks at most `limit` bytes: what a small file unpacks to is known only by unpacking it. */
export async function gunzip(
	file: Blob,
	limit: number,
): Promise<Result<Uint8Array, 'not-gzip' | 'broken' | 'too-large'>> {
	if (!(await isGzip(file))) return err('not-gzip');
	const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
	const pieces: Uint8Array[] = [];
	let size = 0;
	try {
		for (let next = await reader.read(); !next.done; next = await reader.read()) {
			size += next.value.length;
			if (size > limit) return err('too-large');
			pieces.push(next.value);
		}
		return ok(concat(...pieces));
	} catch {
		return err('broken'); // Cut off, or altered on the way: gzip has a checksum.
	} finally {
		// Stops unpacking; after the end or a failure there is nothing to stop.
		await reader.cancel().catch(() => undefined);
	}
}

async function isGzip(file: Blob): Promise<boolean> {
	const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
	return first === 0x1f && second === 0x8b;
}
