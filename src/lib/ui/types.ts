import type { LucideIcon } from '@lucide/svelte';

/** What a colour says; never shown without a word or a shape. */
export type Tone = 'ok' | 'warn' | 'error' | 'brand' | 'muted';

/** Shape, colour and hatch of an answer or of its bar. */
export type ChoiceTone = 'agree' | 'against' | 'abstain' | 'neutral';

export type Icon = LucideIcon;

export interface Link {
	readonly href: string;
	readonly label: string;
}
