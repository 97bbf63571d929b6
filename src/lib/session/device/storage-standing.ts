import { isPersisted, storageUse, type StorageUse } from '#lib/adapters/storage-manager.ts';
import { wasAskedToPersist } from './persistence.ts';

/** How the site stands with this device's disk. */
export interface StorageStanding {
	/** undefined where the browser does not tell. */
	readonly use: StorageUse | undefined;
	/** What the browser said when it was asked to keep what is stored; `later`: it has not been asked. */
	readonly promise: 'yes' | 'no' | 'later';
}

export async function storageStanding(): Promise<StorageStanding> {
	const [use, persisted] = await Promise.all([storageUse(), isPersisted()]);
	return { use, promise: persisted ? 'yes' : wasAskedToPersist() ? 'no' : 'later' };
}
