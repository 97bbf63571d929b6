import { resolve } from 'node:path';
import { err, ok, type Result } from '#core/kernel/result.ts';

/** How this process is run. Everything comes from the environment, once, at the start. */
export interface Config {
	/** 0 lets the system choose a free one. */
	readonly port: number;
	readonly host: string;
	/** Absolute. */
	readonly dataDir: string;
	/** Where people reach it, without a slash at the end; undefined: `http://HOST:PORT`. */
	readonly origin: string | undefined;
	/** `code`: a new grid needs an unused founding code; `open`: anybody may found one (for trials). */
	readonly founding: 'code' | 'open';
	/** `off`: sockets only, no pages. */
	readonly web: 'on' | 'off';
}

/** One variable: what it is when unset, what may stand there, and how it is read; undefined is a wrong value. */
interface Setting<T> {
	readonly fallback: T;
	readonly expected: string;
	readonly read: (text: string) => T | undefined;
}

const SETTINGS = {
	PORT: { fallback: 4180, expected: 'a number from 0 to 65535', read: readPort },
	HOST: { fallback: '127.0.0.1', expected: 'an address to listen on, such as 127.0.0.1', read: readText },
	DATA_DIR: { fallback: './data', expected: 'a folder', read: readText },
	ORIGIN: {
		fallback: undefined,
		expected: 'an address without a path, such as https://corner.example.org',
		read: (text: string) => (/^https?:\/\/[^/\s]+$/.test(text) ? text : undefined),
	},
	FOUNDING: oneOf(['code', 'open']),
	WEB: oneOf(['on', 'off']),
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
	const { PORT, HOST, DATA_DIR, ORIGIN, FOUNDING, WEB } = values as Settings;
	const dataDir = resolve(DATA_DIR);
	return ok({ port: PORT, host: HOST, dataDir, origin: ORIGIN, founding: FOUNDING, web: WEB });
}

function readPort(text: string): number | undefined {
	return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function readText(text: string): string | undefined {
	return text === '' ? undefined : text;
}

/** The first value is the default. */
function oneOf<const T extends string>(values: readonly [T, ...T[]]): Setting<T> {
	const expected = values.map((value) => `'${value}'`).join(' or ');
	return { fallback: values[0], expected, read: (text) => values.find((value) => value === text) };
}
