import type { EndReason } from '#core/roster/records.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Ending } from '#lib/session/acts/endings.ts';

const NAMES: Readonly<Record<EndReason, () => string>> = {
	lost: m.people_reason_lost,
	stolen: m.people_reason_stolen,
	replaced: m.people_reason_replaced,
	'moved-away': m.people_reason_moved_away,
	deceased: m.people_reason_deceased,
	'term-ended': m.people_reason_term_ended,
	resigned: m.people_reason_resigned,
	misuse: m.people_reason_misuse,
	mistake: m.people_reason_mistake,
};

const REASONS: Readonly<Record<Ending['type'], readonly EndReason[]>> = {
	'device.revoke': ['stolen', 'lost', 'replaced', 'misuse'],
	'member.end': ['moved-away', 'deceased', 'resigned', 'misuse', 'mistake'],
	'role.end': ['term-ended', 'resigned', 'misuse', 'mistake'],
};

/** Somebody else may have written: worth asking from which record on. */
const DOUBTFUL: readonly EndReason[] = ['lost', 'stolen', 'misuse', 'mistake'];

export const endReasonName = (reason: EndReason): string => NAMES[reason]();
export const reasonsFor = ({ type }: Ending): readonly EndReason[] => REASONS[type];
export const isDoubtful = (reason: EndReason): boolean => DOUBTFUL.includes(reason);
