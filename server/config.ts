import { resolve } from 'node:path';
import * as v from 'valibot';
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

const schema = v.object({
	PORT: v.optional(v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535)), '4180'),
	HOST: v.optional(v.pipe(v.string(), v.minLength(1)), '127.0.0.1'),
	DATA_DIR: v.optional(v.pipe(v.string(), v.minLength(1)), './data'),
	ORIGIN: v.optional(v.pipe(v.string(), v.regex(/^https?:\/\/[^/]+$/))),
	FOUNDING: v.optional(v.picklist(['code', 'open']), 'code'),
	WEB: v.optional(v.picklist(['on', 'off']), 'on'),
});

const EXPECTED: Readonly<Record<string, string>> = {
	PORT: 'a number from 0 to 65535',
	HOST: 'an address to listen on, such as 127.0.0.1',
	DATA_DIR: 'a folder',
	ORIGIN: 'an address without a path, such as https://corner.example.org',
	FOUNDING: "'code' or 'open'",
	WEB: "'on' or 'off'",
};

/** Reads the environment; a wrong value is one sentence that names it. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Result<Config, string> {
	const parsed = v.safeParse(schema, environment);
	if (!parsed.success) return err(sentenceFor(String(parsed.issues[0].path?.[0]?.key), environment));
	const { PORT, HOST, DATA_DIR, ORIGIN, FOUNDING, WEB } = parsed.output;
	const folder = resolve(DATA_DIR);
	return ok({ port: PORT, host: HOST, dataDir: folder, origin: ORIGIN, founding: FOUNDING, web: WEB });
}

function sentenceFor(name: string, environment: Readonly<Record<string, string | undefined>>): string {
	return `${name} is '${environment[name] ?? ''}', but it must be ${EXPECTED[name] ?? 'something else'}.`;
}
