import { spawnSync } from 'node:child_process';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import type { LaunchOptions } from '@playwright/test';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/council-corner');
const PACKED = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')));
const FONTS = join(ROOT, 'node_modules/@embedpdf/fonts-sc/fonts');

/** Ours, not the package's: its --single-process crashes, and its --disable-web-security would hide real errors. */
const BROWSER_FLAGS: readonly string[] = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** What Playwright needs to start a Chromium that shows Chinese, also on a machine that has neither. */
export async function browserOptions(): Promise<LaunchOptions> {
	await mkdir(CACHE, { recursive: true });
	const executablePath = existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : await unpackedChromium();
	const env = { ...process.env, ...(await fontEnvironment()), ...(await libraryEnvironment(executablePath)) };
	return { executablePath, args: [...BROWSER_FLAGS], env };
}

async function unpackedChromium(): Promise<string> {
	const target = join(CACHE, 'chromium');
	if (!existsSync(target)) await unpack('chromium.br', target);
	return target;
}

/** Into a name of our own first: a second process must never see half a file under the final name. */
async function unpack(packed: string, target: string): Promise<void> {
	const unfinished = `${target}.${process.pid}`;
	await pipeline(
		createReadStream(join(PACKED, packed)),
		createBrotliDecompress({ chunkSize: 2 ** 21 }),
		createWriteStream(unfinished),
	);
	await chmod(unfinished, 0o755);
	await rename(unfinished, target);
}

/** Only our fonts, so that a page has the same measures on every machine. */
async function fontEnvironment(): Promise<Record<string, string>> {
	const file = join(CACHE, 'fonts.conf');
	const families = ['sans-serif', 'serif', 'monospace', 'system-ui'];
	const aliases = families.map(
		(family) =>
			`<alias binding="same"><family>${family}</family><prefer><family>Noto Sans Hans</family></prefer></alias>`,
	);
	const xml = [
		'<?xml version="1.0"?>',
		'<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
		'<fontconfig>',
		`<dir>${FONTS}</dir>`,
		`<cachedir>${join(CACHE, 'fontconfig')}</cachedir>`,
		...aliases,
		'</fontconfig>',
	];
	await writeFile(file, xml.join('\n'));
	return { FONTCONFIG_FILE: file, FONTCONFIG_PATH: dirname(file) };
}

/** The package brings the shared libraries (NSS and others) that a bare machine lacks. */
async function libraryEnvironment(executable: string): Promise<Record<string, string>> {
	const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
	if (!stdout?.includes('not found')) return {};
	const libraries = join(CACHE, 'al2023/lib');
	if (!existsSync(libraries)) await unpackLibraries();
	return { LD_LIBRARY_PATH: libraries };
}

async function unpackLibraries(): Promise<void> {
	const archive = join(CACHE, 'al2023.tar');
	await unpack('al2023.tar.br', archive);
	const target = join(CACHE, 'al2023');
	const unfinished = `${target}.${process.pid}`;
	await mkdir(unfinished, { recursive: true });
	const { status } = spawnSync('tar', ['-xf', archive, '-C', unfinished], { stdio: 'inherit' });
	if (status !== 0) throw new Error(`tar could not unpack ${archive}`);
	await rename(unfinished, target);
}
