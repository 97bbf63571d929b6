import type { IconName } from './icons.ts';

/** What a colour says; never shown without a word or a shape. */
export type Tone = 'ok' | 'warn' | 'error' | 'brand' | 'muted';

/** Shape, colour and hatch of an answer or of its bar. */
export type ChoiceTone = 'agree' | 'against' | 'abstain' | 'neutral';

export interface Link {
	readonly href: string;
	readonly label: string;
}

export interface NavItem extends Link {
	readonly icon: IconName;
	readonly current?: boolean;
	/** Only in the rail of wide screens; the bar of a phone has room for four. */
	readonly railOnly?: boolean;
	readonly onclick?: (event: MouseEvent) => void;
}
