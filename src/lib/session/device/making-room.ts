import { spareBlobs } from '#core/bundle/spare-blobs.ts';
import type { BlobHash } from '#core/kernel/ids.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** Whose disk it is. */
type Home = Pick<Workspace, 'copy' | 'ledger' | 'state'>;

/** DEV-11: sets blobs aside, what is needed least first, until so many bytes are free or nothing can be spared. */
export async function makeRoom({ copy, ledger, state }: Home, bytes: number): Promise<void> {
	const spare = spareBlobs({ ledger, state, unsent: await copy.unsent() });
	const given: BlobHash[] = [];
	let freed = 0;
	for (const hash of spare.filter((hash) => copy.canSetAside(hash))) {
		if (freed >= bytes) break;
		freed += copy.blob(hash)?.length ?? 0;
		given.push(hash);
	}
	if (given.length > 0) await copy.setAside(given);
}
