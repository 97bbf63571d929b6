import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { encodeCarriedFile } from '#core/bundle/carried-file.ts';
import { framesOf, PIECE } from '#core/bundle/code-frames.ts';
import { encodeCbor } from '#core/kernel/cbor.ts';
import type { GridId } from '#core/kernel/ids.ts';
import { formatFaceCode } from '#core/wire/face-code.ts';
import { must } from '../../support/must.ts';
import { castUnlessCast } from './choice-screens.ts';
import type { Courtyard } from './courtyard.ts';
import { FaceSteps, pasteCode } from './face-steps.ts';
import { brief, press, screen, untilSigned, untilShown, type Screen, type Step, type Words } from './screen.ts';

/** Files and codes, by who has written something that nobody has yet. */
export function carryScreens({ poll, story }: Courtyard): readonly Screen[] {
	const [files, scan] = ['/app/me/file', '/app/me/file/scan'];
	const cast = castUnlessCast(0);
	const { grid, ledger, blobs } = story.corner;
	const whole = encodeCarriedFile({ grid, records: ledger.everything(), blobs: [...blobs.values()], drafts: [] });
	return [
		brief('carry: home with unsent', 'on their own', '/app', untilSigned('reach_device')),
		screen('carry: all or unsent', 'on their own', files),
		brief('carry: file ready', 'on their own', files, press('device_file_save'), untilShown('a[download]')),
		brief('carry: file taken in', 'on their own', files, open(whole)),
		brief('carry: file of another corner', 'on their own', files, open(FOREIGN_FILE)),
		brief('carry: file of a newer version', 'on their own', files, open(NEWER_FILE)),
		brief('carry: file half copied', 'on their own', files, open(whole, 300)),
		screen('carry: codes', 'on their own', `${files}/codes`, untilShown('main img'), press('carry_codes_pause')),
		screen('carry: collecting', 'on their own', scan, ...collectSome()),
		brief('carry: another code', 'on their own', scan, ...pasteCode('https://example.org/menu')),
		brief('carry: no camera', 'on their own', scan, press('carry_scan'), untilShown('main [role=alert]')),
		brief('carry: camera', 'on their own', scan, pretendCamera, press('carry_scan'), untilShown('video')),
		brief('carry: ballot not sent yet', 'on their own', `/app/vote/${poll}`, cast),
		screen(
			'carry: ballot as a code',
			'on their own',
			`/app/vote/${poll}`,
			cast,
			followTo('carry_ballot_show'),
			untilShown('main img'),
		),
	];
}

export function faceScreens({ mate }: Courtyard): readonly Screen[] {
	const [face, steps] = ['/app/me/file/face', new FaceSteps(mate)];
	return [
		screen('face: who begins', 'on their own', face),
		screen('face: first code', 'on their own', face, press('face_begin'), untilShown('main img')),
		brief('face: read the first code', 'on their own', face, press('face_scan_first')),
		brief('face: read the second code', 'on their own', face, press('face_begin'), press('face_next')),
		brief('face: other corner', 'on their own', FOREIGN_CODE, untilShown('main [role=alert]')),
		brief('face: second code', 'on their own', face, steps.answer),
		screen('face: connected', 'on their own', face, steps.meet),
		brief('face: over', 'on their own', face, steps.meet, press('face_end')),
		brief('face: lost', 'on their own', face, steps.part),
	];
}

const FOREIGN_FILE = encodeCarriedFile({ grid: 'd'.repeat(64) as GridId, records: [], blobs: [], drafts: [] });
const NEWER_FILE = encodeCbor({ f: 'council-corner/2' });
const FOREIGN_CODE = formatFaceCode('', {
	...{ kind: 'first', grid: 'dd'.repeat(8), meeting: 'ab'.repeat(8) },
	...{ ufrag: 'abcd', password: 'a'.repeat(22), fingerprint: 'cd'.repeat(32) },
	candidates: [{ host: '192.168.31.20', port: 49_737 }],
});

/** Chooses a file with these bytes, or the first so many of them, and waits for what is said of it. */
function open(bytes: Uint8Array, most?: number): Step {
	const buffer = gzipSync(bytes).subarray(0, most);
	return async (page) => {
		await page.locator('input[type=file]').setInputFiles({ name: 'a.corner', mimeType: '', buffer });
		await page.locator('main .notice').waitFor();
	};
}

/** Two of three codes. */
function collectSome(): readonly Step[] {
	const frames = framesOf(new Uint8Array(PIECE * 3));
	return must(frames.ok ? frames.value : undefined)
		.slice(0, 2)
		.flatMap(pasteCode);
}

/** A picture of a table instead of a camera, which this browser has not. */
async function pretendCamera(page: Page): Promise<void> {
	await page.evaluate(() => {
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [640, 640];
		const context = canvas.getContext('2d');
		setInterval(() => {
			if (!context) return;
			[context.fillStyle] = ['#8a8378'];
			context.fillRect(0, 0, 640, 640);
		}, 50);
		const getUserMedia = () => Promise.resolve(canvas.captureStream(20));
		Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia } });
	});
}

const followTo = (key: string) => (page: Page, words: Words) =>
	page
		.getByRole('main')
		.getByRole('link', { name: words(key), exact: true })
		.click();
