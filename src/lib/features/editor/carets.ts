import type { Awareness } from 'y-protocols/awareness';

/** What this device tells the others of itself while a draft is open. */
export interface Writer {
	readonly name: string;
	/** Several tabs of one person are one person. */
	readonly member: string;
	/** The caret plugin insists on a colour; each screen picks its own by name, which fits its light or dark. */
	readonly color: string;
}

const PALETTE_SIZE = 5;
const LONGEST_NAME = 16;
const ANY_COLOR = '#0b57a4';

export const writer = (name: string, member: string): Writer => ({ name, member, color: ANY_COLOR });

/** The caret of somebody else with the name above it. What came over the network is text and nothing else. */
export function drawCaret(user: Readonly<Record<string, unknown>>): HTMLElement {
	const name = nameOf(user);
	const caret = document.createElement('span');
	caret.className = 'caret';
	caret.dataset['name'] = name;
	caret.dataset['hue'] = hueOf(name);
	return caret;
}

export const drawSelection = (user: Readonly<Record<string, unknown>>) => ({
	class: 'caret-selection',
	'data-hue': hueOf(nameOf(user)),
});

/** Names of the others who have the draft open, each once. */
export function othersIn(awareness: Awareness, me: string): readonly string[] {
	const people = new Map<unknown, string>();
	for (const [client, { user }] of awareness.getStates() as Map<number, { user?: Readonly<Record<string, unknown>> }>) {
		if (client === awareness.clientID || !user || user['member'] === me) continue;
		people.set(user['member'] ?? client, nameOf(user));
	}
	return [...people.values()];
}

function nameOf(user: Readonly<Record<string, unknown>>): string {
	const name = typeof user['name'] === 'string' ? user['name'].trim() : '';
	return [...name].slice(0, LONGEST_NAME).join('') || '…';
}

function hueOf(name: string): string {
	const sum = [...name].reduce((total, character) => (total * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7);
	return String(sum % PALETTE_SIZE);
}
