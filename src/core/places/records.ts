import { id, oneOf, optional, text } from '../kernel/fields.ts';

/** From the community down to the household. */
export const PLACE_KINDS = ['community', 'grid', 'courtyard', 'building', 'household'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export const placeRecords = {
	/** `name` is public: "3号院", "2单元 501". Who lives there is on the member's card. */
	'place.add': { as: optional(id), kind: oneOf(PLACE_KINDS), name: text(40), parent: optional(id) },
	'place.end': { as: optional(id), target: id },
} as const;
