import type { Meeting } from '#core/meetings/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Tone } from '#lib/ui/types.ts';

const WORDS: Readonly<Record<Meeting['status'], () => string>> = {
	convened: m.meeting_status_convened,
	open: m.meeting_status_open,
	ended: m.meeting_status_ended,
};
const TONES: Readonly<Record<Meeting['status'], Tone>> = { convened: 'warn', open: 'brand', ended: 'muted' };

export const statusWord = (status: Meeting['status']): string => WORDS[status]();
export const statusTone = (status: Meeting['status']): Tone => TONES[status];
