/** Small things this device remembers outside the database; undefined where nothing was or storage is blocked. */
export function recall(key: string): string | undefined {
	try {
		return localStorage.getItem(key) ?? undefined;
	} catch {
		return undefined;
	}
}

/** Where storage is blocked or full, it is remembered until the page is closed and no longer. */
export function remember(key: string, value: string): void {
	try {
		localStorage.setItem(key, value);
	} catch {
		// Nothing here is worth an error.
	}
}

export function forget(key: string): void {
	try {
		localStorage.removeItem(key);
	} catch {
		// What is blocked was not remembered either.
	}
}
