import { storageUse, type StorageUse } from '#lib/adapters/storage-manager.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** Parts of what the browser gives: fuller than this a device is nearly full, and so full it may be afterwards. */
const NEARLY_FULL = 0.9;
const ROOMY = 0.8;
/** Bytes that are given up at once where the disk has refused something. */
const AT_ONCE = 4 * 1024 * 1024;

/** DEV-11: makes room when a corner is opened on a device that is nearly full, and as long as its disk refuses anything. */
export function keepRoom(workspace: Workspace): void {
	// Loaded by the few devices that need it.
	const make = async (bytes: number) => (await import('./making-room.ts')).makeRoom(workspace, bytes);
	workspace.storage.makeRoom = () => make(AT_ONCE);
	void storageUse().then(async (use) => {
		const bytes = use ? bytesOver(use) : 0;
		if (bytes > 0) await make(bytes).catch(console.error);
	});
}

/** How much is to be given up; 0 while there is room. */
export function bytesOver({ used, quota }: StorageUse): number {
	return used > quota * NEARLY_FULL ? used - quota * ROOMY : 0;
}
