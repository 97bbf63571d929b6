/**
 * One tab of this device speaks to the relay for a grid; the others follow through IndexedDB. Runs `lead` as soon as
 * this tab is the one, and aborts its signal never: leadership ends with the tab or when `release` is called.
 */
export function leadWhenFirst(grid: string, lead: () => () => void): () => void {
	let end: (() => void) | undefined;
	const stopWaiting = new AbortController();
	const hold = () =>
		new Promise<void>((release) => {
			const stop = lead();
			end = () => {
				stop();
				release();
			};
		});
	navigator.locks.request(`lead:${grid}`, { signal: stopWaiting.signal }, hold).catch(() => undefined);
	return () => (end ? end() : stopWaiting.abort());
}

/** One writer per device: chain heads are read, signed over and stored without another tab in between (LEDGER 1). */
export function withSigningLock<T>(grid: string, work: () => Promise<T>): Promise<T> {
	return navigator.locks.request(`sign:${grid}`, work) as Promise<T>;
}
