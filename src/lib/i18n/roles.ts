import type { GrantableRole, Role } from '#core/roster/roles.ts';
import { m } from './paraglide/messages.js';

const NAMES: Readonly<Record<Role, () => string>> = {
	founder: m.role_founder,
	convener: m.role_convener,
	reviewer: m.role_reviewer,
	registrar: m.role_registrar,
	teller: m.role_teller,
	secretary: m.role_secretary,
	delegate: m.role_delegate,
	chair: m.role_chair,
	member: m.role_member,
	observer: m.role_observer,
	newcomer: m.role_newcomer,
};

const DUTIES: Readonly<Record<GrantableRole, () => string>> = {
	convener: m.role_convener_duty,
	reviewer: m.role_reviewer_duty,
	registrar: m.role_registrar_duty,
	teller: m.role_teller_duty,
	secretary: m.role_secretary_duty,
	delegate: m.role_delegate_duty,
	chair: m.role_chair_duty,
	observer: m.role_observer_duty,
};

export const roleName = (role: Role): string => NAMES[role]();

/** What somebody of this role does, in one short sentence. */
export const roleDuty = (role: GrantableRole): string => DUTIES[role]();
