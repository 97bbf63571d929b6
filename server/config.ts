import { resolve } from 'node:path';
import { err, ok, type Result } from '#core/kernel/result.ts';
import type { FoundingPolicy } from './relay/founding.ts';

/** How this process is run. Everything comes from the environment, once, at the start. */
export interface Config {
	/** 0 lets the system choose a free one. */
	readonly port: number;
	readonly host: string;
	/** Absolute. */
	readonly dataDir: string;
	/** Where people reach it, without a slash at the end; undefined: `http://HOST:PORT`. */
	readonly origin: string | undefined;
	readonly founding: FoundingPolicy;
	/** `off`: sockets only, no pages. */
	readonly web: 'on' | 'off';
	/** How many proxies before it are trusted to say where a request came from. */
	readonly proxies: number;
	/** Bytes that one grid may keep. */
	readonly gridShare: number;
	/** Where other relays of the same grids are: `wss://host`, `ws://host:port`. */
	readonly peers: readonly string[];
}

const MOST_PEERS = 16;

/** One variable: what it is when unset, what may stand there, and how it is read; undefined is a wrong value. */
interface Setting<T> {
	readonly fallback: T;
	readonly expected: string;
	readonly read: (text: string) => T | undefined;
}

const SETTINGS = {
	PORT: { fallback: 4180, expected: 'a number from 0 to 65535', read: numberUpTo(65_535) },
	HOST: { fallback: '127.0.0.1', expected: 'an address to listen on, such as 127.0.0.1', read: readText },
	DATA_DIR: { fallback: './data', expected: 'a folder', read: readText },
	ORIGIN: {
		fallback: undefined,
		expected: 'an address without a path, such as https://corner.example.org',
		read: (text: string) => (/^https?:\/\/[^/\s]+$/.test(text) ? text : undefined),
	},
	FOUNDING: oneOf(['code', 'open', 'enrolled']),
	WEB: oneOf(['on', 'off']),
	TRUST_PROXY: { fallback: 0, expected: 'how many proxies stand before it, from 0 to 9', read: numberUpTo(9) },
	PEERS: {
		fallback: [] as readonly string[],
		expected: 'addresses of other relays with commas between, such as wss://corner.example.org',
		read: readAddresses,
	},
	GRID_MIB: { fallback: 10_240, expected: 'a number of mebibytes from 1 to 9999999', read: readMebibytes },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

type Settings = { [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K]['fallback'] | ReadValue<K> };
type ReadValue<K extends keyof typeof SETTINGS> = Exclude<ReturnType<(typeof SETTINGS)[K]['read']>, undefined>;

/** Reads the environment; a wrong value is one sentence that names it. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Result<Config, string> {
	const values: Record<string, unknown> = {};
	for (const [name, { fallback, expected, read }] of Object.entries<Setting<unknown>>(SETTINGS)) {
		const text = environment[name];
		values[name] = text === undefined ? fallback : read(text);
		if (text !== undefined && values[name] === undefined) {
			return err(`${name} is '${text}', but it must be ${expected}.`);
		}
	}
	const { PORT, HOST, DATA_DIR, ORIGIN, FOUNDING, WEB, TRUST_PROXY, GRID_MIB, PEERS } = values as Settings;
	const dataDir = resolve(DATA_DIR);
	const limits = { proxies: TRUST_PROXY, gridShare: GRID_MIB * 1024 * 1024, peers: PEERS };
	return ok({ port: PORT, host: HOST, dataDir, origin: ORIGIN, founding: FOUNDING, web: WEB, ...limits });
}

function numberUpTo(most: number): (text: string) => number | undefined {
	return (text) => (/^\d{1,7}$/.test(text) && Number(text) <= most ? Number(text) : undefined);
}

function readMebibytes(text: string): number | undefined {
	return numberUpTo(9_999_999)(text) || undefined;
}

function readAddresses(text: string): readonly string[] | undefined {
	const addresses = text.split(',').map((address) => address.trim());
	const isAddress = (address: string) => /^wss?:\/\/[^/\s?#@]+$/.test(address) && URL.canParse(address);
	return addresses.length <= MOST_PEERS && addresses.every(isAddress) ? [...new Set(addresses)] : undefined;
}

function readText(text: string): string | undefined {
	return text === '' ? undefined : text;
}

/** The first value is the default. */
function oneOf<const T extends string>(values: readonly [T, ...T[]]): Setting<T> {
	const expected = values.map((value) => `'${value}'`).join(' or ');
	return { fallback: values[0], expected, read: (text) => values.find((value) => value === text) };
}
