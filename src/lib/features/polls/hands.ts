import { CHOICES, type Choice } from '#core/polls/records.ts';
import { countWord } from './count-words.ts';
import { choiceWord } from './words.ts';

/** What a teller writes down of the hands in the room. */
export const HAND_COUNTS = [...CHOICES, 'spoiled'] as const;
type HandCount = Choice | 'spoiled';
export type HandTexts = Record<HandCount, string>;

export const noHands = (): HandTexts => ({ approve: '', reject: '', abstain: '', spoiled: '' });

/** An empty field is nobody. */
export function parseHands(texts: HandTexts): Readonly<Record<HandCount, number>> {
	const number = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : 0);
	return {
		approve: number(texts.approve),
		reject: number(texts.reject),
		abstain: number(texts.abstain),
		spoiled: number(texts.spoiled),
	};
}

export const handWord = (name: HandCount): string => (name === 'spoiled' ? countWord(name) : choiceWord(name));
