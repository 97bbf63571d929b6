import type { GridId } from '#core/kernel/ids.ts';

/** The secret of an invitation is stored nowhere; it is remembered while the app is open, to be shown once more. */
const fragments = new Map<GridId, string>();

export const recallInvitation = (grid: GridId): string | undefined => fragments.get(grid);

export function rememberInvitation(grid: GridId, fragment: string): void {
	fragments.set(grid, fragment);
}
