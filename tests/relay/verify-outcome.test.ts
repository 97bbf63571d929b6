import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { encodeCarriedFile } from '#core/bundle/carried-file.ts';
import { tellElderDayCare } from '../../server/cli/scenario/elder-day-care.ts';
import { unpack } from '../../server/cli/unpack.ts';
import { fileOf } from '../support/outcome-file.ts';

const VERIFY = fileURLToPath(new URL('../../server/cli/verify-outcome.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'council-corner-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { corner } = tellElderDayCare();
const bytes = encodeCarriedFile(fileOf(corner));

function saved(name: string, content: Uint8Array): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

function verify(...args: readonly string[]) {
	const { status, stdout } = spawnSync(process.execPath, [VERIFY, ...args], { encoding: 'utf8' });
	return { status, first: stdout.split('\n')[0], stdout };
}

test('[BUNDLE-7] a true file: VERIFIED, 0, and the recount in both languages', () => {
	const { status, first, stdout } = verify(saved('true.corner', gzipSync(bytes)), corner.grid);
	expect({ status, first }).toEqual({ status: 0, first: 'VERIFIED' });
	for (const line of ['应到 11，实到 10，同意 8', '11 entitled, 10 taking part, 8 for', '8 × 2 > 10 × 1', corner.grid])
		expect(stdout).toContain(line);
});

test('[BUNDLE-7] of another corner, or without a ballot: NOT VERIFIED, 1, and why', () => {
	const path = saved('true.corner', gzipSync(bytes));
	expect(verify(path, 'ab'.repeat(32))).toMatchObject({ status: 1, first: 'NOT VERIFIED' });
	const file = fileOf(corner);
	const [ballot] = file.records.filter(({ type }) => type === 'ballot');
	const less = { ...file, records: file.records.filter((record) => record !== ballot) };
	const { status, first, stdout } = verify(saved('less.corner', gzipSync(encodeCarriedFile(less))));
	expect({ status, first }).toEqual({ status: 1, first: 'NOT VERIFIED' });
	expect(stdout).toContain('重新数的票数和公布的不一样');
	expect(stdout).toContain('lists-invalid-or-missing');
});

test('[BUNDLE-7] half a file, another file, or none: UNREADABLE, 2', () => {
	const packed = gzipSync(bytes);
	const half = saved('half.corner', packed.subarray(0, packed.length / 2));
	for (const args of [[half], [saved('holiday.corner', Buffer.from('照片'))], [join(folder, 'none')], [], [half, 'x']])
		expect(verify(...args)).toMatchObject({ status: 2, first: 'UNREADABLE' });
});

test('[BUNDLE-6] unpacking stops at the limit', async () => {
	const path = saved('bomb.corner', gzipSync(new Uint8Array(20_000_000)));
	expect(await unpack(path, 1_000_000)).toEqual({ ok: false, error: 'file-too-large' });
	const whole = await unpack(saved('small.corner', gzipSync(bytes)), bytes.length);
	expect(whole.ok && whole.value).toEqual(bytes);
});
