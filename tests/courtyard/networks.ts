import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';

/** Where somebody stands: the place of the home relay, the laptop that is the yard's router, or the phones behind it. */
export type Place = 'home' | 'yard' | 'phones';

const PLACES: readonly Place[] = ['home', 'yard', 'phones'];
/** Whatever bears it is ours to clear away. */
const PREFIX = 'corner-test-';
/** Read by `ip netns exec` instead of /etc. */
const SETTINGS = '/etc/netns';

export const HOME_ADDRESS = '10.77.1.1';
const YARD_UPLINK = '10.77.1.2';
const YARD_ADDRESS = '10.77.2.1';
const PHONES_ADDRESS = '10.77.2.2';

/** By which a program is started in a place: a command and what comes before the program's own name. */
export const inside = (place: Place): readonly string[] => ['netns', 'exec', PREFIX + place];

/** Three networks: phones reach home through the laptop, as behind any router, and names are looked up at home. */
export function makeNetworks(): void {
	clearNetworks();
	for (const place of PLACES) makePlace(place);
	connect(['home', 'uplink', HOME_ADDRESS], ['yard', 'uplink', YARD_UPLINK]);
	connect(['yard', 'wifi', YARD_ADDRESS], ['phones', 'wifi', PHONES_ADDRESS]);
	at('home', 'route', 'add', 'default', 'via', YARD_UPLINK);
	at('phones', 'route', 'add', 'default', 'via', YARD_ADDRESS);
	// A router whose line is dead says nothing: what is sent beyond it is neither answered nor refused.
	at('yard', 'route', 'add', 'blackhole', 'default');
	ip(...inside('yard'), 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward');
}

/** A container's root may not. */
export function canMakeNetworks(): boolean {
	const name = `${PREFIX}trial`;
	const { status } = spawnSync('ip', ['netns', 'add', name]);
	spawnSync('ip', ['netns', 'delete', name]);
	return status === 0;
}

/** Nothing between the yard and home, names included. */
export const cutUplink = (): void => at('yard', 'link', 'set', 'uplink', 'down');
export const restoreUplink = (): void => at('yard', 'link', 'set', 'uplink', 'up');

/** Nothing between the laptop and the phones. */
export const cutWifi = (): void => at('yard', 'link', 'set', 'wifi', 'down');
export const restoreWifi = (): void => at('yard', 'link', 'set', 'wifi', 'up');

/** Ends what still runs in places of this name, this run's or an earlier one's, and takes them down. */
export function clearNetworks(): void {
	for (const name of existing()) {
		for (const pid of linesOf('netns', 'pids', name)) endProcess(Number(pid));
		spawnSync('ip', ['netns', 'delete', name]);
	}
	if (!existsSync(SETTINGS)) return;
	for (const name of readdirSync(SETTINGS)) {
		if (name.startsWith(PREFIX)) rmSync(`${SETTINGS}/${name}`, { recursive: true });
	}
	if (readdirSync(SETTINGS).length === 0) rmdirSync(SETTINGS);
}

function makePlace(place: Place): void {
	ip('netns', 'add', PREFIX + place);
	at(place, 'link', 'set', 'lo', 'up');
	mkdirSync(`${SETTINGS}/${PREFIX}${place}`, { recursive: true });
	writeFileSync(`${SETTINGS}/${PREFIX}${place}/resolv.conf`, `nameserver ${HOME_ADDRESS}\n`);
}

type End = readonly [place: Place, device: string, address: string];

/** A cable with these two ends. */
function connect([one, device, address]: End, [other, otherDevice, otherAddress]: End): void {
	const peer = ['peer', 'name', otherDevice, 'netns', PREFIX + other];
	ip('link', 'add', device, 'netns', PREFIX + one, 'type', 'veth', ...peer);
	plug(one, device, address);
	plug(other, otherDevice, otherAddress);
}

function plug(place: Place, device: string, address: string): void {
	at(place, 'address', 'add', `${address}/24`, 'dev', device);
	at(place, 'link', 'set', device, 'up');
}

const at = (place: Place, ...words: readonly string[]): void => ip('-netns', PREFIX + place, ...words);

/** Throws what `ip` says. */
function ip(...words: readonly string[]): void {
	execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function existing(): readonly string[] {
	const names = linesOf('netns', 'list').map((line) => line.split(' ')[0] ?? '');
	return names.filter((name) => name.startsWith(PREFIX));
}

function linesOf(...words: readonly string[]): readonly string[] {
	const { stdout } = spawnSync('ip', words, { encoding: 'utf8' });
	return stdout.split('\n').filter((line) => line !== '');
}

function endProcess(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It ended by itself meanwhile.
	}
}
