const keyOf = (meeting: string): string => `desk:${meeting}`;

/** Which item the desk shows: a matter of this screen, not of the meeting's record. */
export function rememberedItem(meeting: string): number {
	const held = Number(sessionStorage.getItem(keyOf(meeting)) ?? 0);
	return Number.isSafeInteger(held) && held >= 0 ? held : 0;
}

export function rememberItem(meeting: string, index: number): void {
	sessionStorage.setItem(keyOf(meeting), String(index));
}
