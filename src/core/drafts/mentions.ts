import type { MemberId } from '../kernel/ids.ts';

export interface Mentionable {
	readonly member: MemberId;
	readonly name: string;
}

const MOST_OFFERED = 6;

/** COMMENT-4: members whose `@姓名` stands in the text. Of two names of which one begins the other, the longer counts. */
export function mentionsIn(text: string, people: readonly Mentionable[]): readonly MemberId[] {
	const byLength = [...people].sort((a, b) => b.name.length - a.name.length);
	const mentioned = text
		.split('@')
		.slice(1)
		.flatMap((after) => {
			const found = byLength.find(({ name }) => name !== '' && after.startsWith(name))?.name;
			return byLength.filter(({ name }) => name === found);
		});
	return [...new Set(mentioned.map(({ member }) => member))];
}

/** What is being looked for: the characters behind an `@` at the end of the text; undefined when there is none. */
export function mentionBegun(text: string): string | undefined {
	return /@([^@\s]{0,16})$/u.exec(text)?.[1];
}

/** COMMENT-4: people with these characters in their names, in order, or all while there are none. */
export function offeredMentions(begun: string, people: readonly Mentionable[]): readonly Mentionable[] {
	return people.filter(({ name }) => hasInOrder(name, begun)).slice(0, MOST_OFFERED);
}

/** The text with the name in the place of what was begun. */
export const withMention = (text: string, name: string): string => text.replace(/@[^@\s]*$/u, () => `@${name} `);

function hasInOrder(name: string, characters: string): boolean {
	let from = 0;
	return [...characters.toLowerCase()].every((character) => {
		const at = name.toLowerCase().indexOf(character, from);
		from = at + character.length;
		return at >= 0;
	});
}
