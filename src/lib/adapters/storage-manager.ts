/** How much of this device's disk the site takes, in bytes; undefined where the browser does not tell. */
export interface StorageUse {
	readonly used: number;
	readonly quota: number;
}

/** Whether the browser has promised not to clear away by itself what is kept here. */
export const isPersisted = async (): Promise<boolean> => (await navigator.storage?.persisted?.()) ?? false;

/** Asks for that promise. Some browsers ask the person, others decide by themselves, and any may say no. */
export const askToPersist = async (): Promise<boolean> => (await navigator.storage?.persist?.()) ?? false;

export async function storageUse(): Promise<StorageUse | undefined> {
	const estimate = await navigator.storage?.estimate?.();
	if (estimate?.usage === undefined || estimate.quota === undefined) return undefined;
	return { used: estimate.usage, quota: estimate.quota };
}
