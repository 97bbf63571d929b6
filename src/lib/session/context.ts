import { getContext, setContext } from 'svelte';
import type { Corners } from './corners.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

const CORNERS = Symbol('corners');

export const provideCorners = (corners: Corners): Corners => setContext(CORNERS, corners);
export const useCorners = (): Corners => getContext<Corners>(CORNERS);

/** The corner on screen. Only below the layout that has opened one. */
export function useWorkspace(): Workspace {
	const { workspace } = useCorners();
	if (!workspace) throw new Error('No corner is open here');
	return workspace;
}
