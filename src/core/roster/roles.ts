/**
 * LEDGER 2. Rank 0 is highest; a role is granted only by somebody of a strictly higher rank.
 * A `chair` is one for the meeting that the grant names. `newcomer` is a joined device that nobody admitted yet: it may write its `join` and nothing else.
 */
export const RANK_OF_ROLE = {
	founder: 0,
	convener: 1,
	reviewer: 1,
	registrar: 2,
	teller: 2,
	secretary: 2,
	delegate: 3,
	chair: 3,
	member: 4,
	observer: 5,
	newcomer: 6,
} as const;

export type Role = keyof typeof RANK_OF_ROLE;
/** Roles that a `role.grant` can give; the others follow from other records. */
export const GRANTABLE_ROLES = [
	'convener',
	'reviewer',
	'registrar',
	'teller',
	'secretary',
	'delegate',
	'observer',
	'chair',
] as const;
/** Given until they are ended; a chair's ends with the meeting. */
export const OFFICES = GRANTABLE_ROLES.filter((role) => role !== 'chair');
export type GrantableRole = (typeof GRANTABLE_ROLES)[number];

export const outranks = (a: Role, b: Role): boolean => RANK_OF_ROLE[a] < RANK_OF_ROLE[b];
