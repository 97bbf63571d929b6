import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeviceStorage } from '#lib/session/device/device-storage.svelte.ts';

const FULL = new DOMException('No room', 'QuotaExceededError');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A disk that is full until it is told otherwise. */
function disk() {
	let full = true;
	const write = async (value: string) => {
		if (full) throw FULL;
		return value;
	};
	return { write, clear: () => (full = false) };
}

test('[DEV-1] what the disk refuses is kept in memory and stored by itself once there is room', async () => {
	const { write, clear } = disk();
	const storage = new DeviceStorage(() => write('trial'));
	let stored: string | undefined;
	void storage.keep(() => write('草案')).then((value) => (stored = value));
	await vi.advanceTimersByTimeAsync(10_000);
	expect([storage.failed, stored]).toEqual([true, undefined]);
	clear();
	await vi.advanceTimersByTimeAsync(4000);
	expect([storage.failed, stored]).toEqual([false, '草案']);
});

test('[DEV-1] a failure noted elsewhere is over once a trial succeeds', async () => {
	const { write, clear } = disk();
	const storage = new DeviceStorage(() => write('trial'));
	expect(storage.note(FULL)).toBe(true);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(storage.failed).toBe(true);
	clear();
	await vi.advanceTimersByTimeAsync(4000);
	expect(storage.failed).toBe(false);
});

test('[DEV-1] what is no failure of the disk is thrown on and not said to be one', async () => {
	const storage = new DeviceStorage(() => Promise.resolve());
	expect(storage.note(new Error('a bug'))).toBe(false);
	await expect(storage.keep(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
	expect(storage.failed).toBe(false);
});

test('[DEV-11] while the disk refuses anything room is made, more each time, until it takes something again', async () => {
	const { write, clear } = disk();
	const storage = new DeviceStorage(() => write('trial'));
	let made = 0;
	storage.makeRoom = async () => void (++made === 3 && clear());
	storage.note(FULL);
	await vi.advanceTimersByTimeAsync(20_000);
	expect([storage.failed, made]).toEqual([false, 3]);
});
