import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
	darwin: ['open'],
	win32: ['cmd', '/c', 'start', ''],
};

/** Shows a page in this laptop's browser. Where there is none the address stands in the terminal. */
export function openBrowser(address: string): void {
	const [command, ...rest] = OPENERS[process.platform] ?? ['xdg-open'];
	const child = spawn(command, [...rest, address], { stdio: 'ignore', detached: true });
	child.on('error', () => {});
	child.unref();
}
