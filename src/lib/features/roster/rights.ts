import { RECORD_TYPES, type RecordType } from '#core/ledger/registry.ts';
import { mayAuthor, type Author } from '#core/roster/permissions.ts';
import { GRANTABLE_ROLES } from '#core/roster/roles.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { roleDuty, roleName } from '#lib/i18n/roles.ts';

/** One office and what it may do beyond what every member may. */
export interface Office {
	readonly name: string;
	readonly duty: string;
	readonly types: readonly RecordType[];
}

const isEverybodys = (type: RecordType): boolean => mayAuthor(type, 'member');

/** ROS-11: what every member may do. */
export const everybodysRights: readonly RecordType[] = RECORD_TYPES.filter(isEverybodys);

/** ROS-11: offices in order of rank, and those whom a vote names itself. */
export function officesWithRights(): readonly Office[] {
	const beyond = (author: Author) => RECORD_TYPES.filter((type) => mayAuthor(type, author) && !isEverybodys(type));
	const granted = GRANTABLE_ROLES.filter((role) => role !== 'observer').map((role) => ({
		...{ name: roleName(role), duty: roleDuty(role), types: beyond(role) },
	}));
	return [
		...granted,
		{ name: m.rights_poll_teller(), duty: m.rights_poll_teller_duty(), types: beyond('poll-teller') },
		{ name: m.rights_poll_station(), duty: m.rights_poll_station_duty(), types: beyond('poll-station') },
	];
}
