import type { Card } from '#core/roster/records.ts';

export const EMPTY_CARD: Card = { name: '', building: '' };

/** A card as it is written: trimmed; undefined while something is missing. */
export function completeCard({ name, building }: Card): Card | undefined {
	const card = { name: name.trim(), building: building.trim() };
	return card.name !== '' && card.building !== '' ? card : undefined;
}
