import type { CarriedFileRefusal } from '#core/bundle/carried-file.ts';
import { deviceRefusalText } from './device-refusals.ts';
import { m } from './paraglide/messages.js';

/** What may go wrong with a carried file: codes of core and of the session, whose types this part may not import. */
export type FileRefusal =
	CarriedFileRefusal | 'file-other-grid' | 'file-needs-newer-browser' | 'not-admitted-yet' | 'cannot-store';

const FILE_SENTENCES: Readonly<Record<FileRefusal, () => string>> = {
	'file-not-ours': m.device_file_not_ours,
	'file-broken': m.device_file_broken,
	'file-newer': m.device_file_newer,
	'file-too-large': m.device_file_too_large,
	'file-other-grid': m.device_file_other_grid,
	'file-needs-newer-browser': m.device_file_needs_newer_browser,
	'not-admitted-yet': () => deviceRefusalText('not-admitted-yet'),
	'cannot-store': () => deviceRefusalText('cannot-store'),
};

export const fileRefusalText = (code: FileRefusal): string => FILE_SENTENCES[code]();
