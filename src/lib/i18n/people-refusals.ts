import type { PlaceRefusal } from '#core/places/rules.ts';
import type { DeviceAnswerRefusal } from '#core/roster/device-offer.ts';
import type { EndingRefusal } from '#core/roster/ending-rules.ts';
import type { NotPermitted } from '#core/roster/rules.ts';
import { m } from './paraglide/messages.js';

/** Why a phone, a member or a place is not taken in or not ended. The last line is of admission. */
export type PeopleRefusal =
	| Exclude<PlaceRefusal, NotPermitted>
	| DeviceAnswerRefusal
	| EndingRefusal
	| 'device-malformed'
	| 'device-not-for-this'
	| 'courtyard-needed'
	| 'not-own-courtyard'
	| 'too-many-generations';

export const PEOPLE_SENTENCES: Readonly<Record<PeopleRefusal, () => string>> = {
	'rank-too-low': m.refusal_rank_too_low,
	'founder-needed': m.people_refusal_founder_needed,
	'device-malformed': m.people_refusal_device_malformed,
	'device-not-for-this': m.people_refusal_device_not_for_this,
	'device-other-grid': m.people_refusal_device_other_grid,
	'device-known': m.people_refusal_device_known,
	'place-kind-order': m.people_refusal_place_kind_order,
	'place-name-taken': m.people_refusal_place_name_taken,
	'place-not-empty': m.people_refusal_place_not_empty,
	'courtyard-needed': m.people_refusal_courtyard_needed,
	'not-own-courtyard': m.people_refusal_not_own_courtyard,
	'too-many-generations': m.people_refusal_too_many_generations,
};
