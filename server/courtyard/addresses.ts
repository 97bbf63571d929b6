import { hostname, networkInterfaces } from 'node:os';

/** As many as a card holds. */
const MOST = 8;

/** Where phones on the same network may find this laptop, the likeliest first. `host`: the only one it listens on. */
export function ownAddresses(host?: string): readonly string[] {
	if (host !== undefined) return [host];
	const all = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
	const reachable = all.filter(({ internal, address }) => !internal && !isLinkLocal(address));
	// A home router gives both kinds; the old one is shorter, and so is the code that must be read.
	const old = reachable.filter(({ family }) => family === 'IPv4');
	return [...old, ...reachable.filter((each) => !old.includes(each))].map(({ address }) => address).slice(0, MOST);
}

/** Laptops answer to it by themselves on a local network (RFC 6762). undefined for a name that cannot be written so. */
export function ownLocalName(): string | undefined {
	const name = hostname().split('.')[0]?.toLowerCase() ?? '';
	return /^[a-z0-9-]{1,63}$/.test(name) && name !== 'localhost' ? `${name}.local` : undefined;
}

/** Of use only together with the name of an interface, which differs from device to device. */
const isLinkLocal = (address: string): boolean => /^fe80:/i.test(address);
