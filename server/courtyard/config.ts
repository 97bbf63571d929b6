import { hostname } from 'node:os';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { readConfig, type Config } from '../config.ts';

export interface CourtyardConfig extends Config {
	/** By which people know this laptop. */
	readonly name: string;
	/** Where phones reach it. */
	readonly udpPort: number;
	/** undefined: on every interface. */
	readonly udpHost: string | undefined;
	/** Whether its page is opened in a browser. */
	readonly opensBrowser: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What differs from the relay on a server: its pages are for this laptop only, and it takes grids that took it on. */
const USUAL = { PORT: '4181', DATA_DIR: './data-courtyard', FOUNDING: 'enrolled', WEB: 'off' };
const UDP_PORT = '4181';
const LONGEST_NAME = 60;

/** Reads the environment as `readConfig` does; a wrong value is one sentence that names it. */
export function readCourtyardConfig(environment: Environment): Result<CourtyardConfig, string> {
	const config = readConfig({ ...USUAL, ...environment });
	if (!config.ok) return config;
	const { UDP_PORT: portText = UDP_PORT, UDP_HOST: udpHost, NAME: name = hostname(), OPEN = 'on' } = environment;
	const udpPort = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
	if (udpPort < 1 || udpPort > 65_535)
		return err(`UDP_PORT is '${portText}', but it must be a number from 1 to 65535.`);
	if (!isName(name)) return err(`NAME is '${name}', but it must be a name of 1 to ${LONGEST_NAME} letters.`);
	if (OPEN !== 'on' && OPEN !== 'off') return err(`OPEN is '${OPEN}', but it must be 'on' or 'off'.`);
	return ok({ ...config.value, name, udpPort, udpHost, opensBrowser: OPEN === 'on' });
}

function isName(text: string): boolean {
	return text.length >= 1 && text.length <= LONGEST_NAME && !/\p{Cc}/u.test(text);
}
