import { anyName } from '#lib/i18n/about-record.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { roleName } from '#lib/i18n/roles.ts';
import type { Ending } from '#lib/session/acts/endings.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

/** Whom an ending is about. */
export function memberOf(ending: Ending) {
	if (ending.type === 'member.end') return ending.member;
	return ending.type === 'role.end' ? ending.grant.member : ending.device.member;
}

export function isThisPhone(workspace: Workspace, ending: Ending): boolean {
	return ending.type === 'device.revoke' && ending.device.key === workspace.corner.key;
}

/** The page's title, the question in full, the verb, and what is said when it is done. */
export function endWords(workspace: Workspace, ending: Ending) {
	const name = anyName(workspace, memberOf(ending));
	if (isThisPhone(workspace, ending)) {
		return {
			title: m.people_leave_title(),
			question: m.people_leave_question({ corner: workspace.gridName }),
			verb: m.people_leave_do(),
			done: m.people_leave_done(),
		};
	}
	switch (ending.type) {
		case 'device.revoke':
			return {
				title: m.people_revoke_title({ name }),
				question: m.people_revoke_question({ name }),
				verb: m.people_revoke_do(),
				done: m.people_revoke_done({ name }),
			};
		case 'member.end':
			return {
				title: m.people_end_member_title({ name }),
				question: m.people_end_member_question({ name }),
				verb: m.people_end_member_do(),
				done: m.people_end_member_done({ name }),
			};
		case 'role.end': {
			const role = roleName(ending.grant.role);
			return {
				title: m.people_end_role_title({ name, role }),
				question: m.people_end_role_question({ name, role }),
				verb: m.people_end_role_do(),
				done: m.people_end_role_done({ name, role }),
			};
		}
	}
}
