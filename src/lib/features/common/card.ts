import type { Card } from '#core/roster/records.ts';

export const EMPTY_CARD: Card = { name: '', building: '' };

/** A card as it is written: trimmed, without an empty title; undefined while something is missing. */
export function completeCard({ name, building, title = '' }: Card): Card | undefined {
	const card = { name: name.trim(), building: building.trim() };
	if (card.name === '' || card.building === '') return undefined;
	return title.trim() === '' ? card : { ...card, title: title.trim() };
}
