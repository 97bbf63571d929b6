import { getContext, setContext } from 'svelte';
import type { FaceMeeting } from './face-meeting.svelte.ts';

const ONGOING = Symbol('face');

/**
 * FACE-10: two phones that are connected stay so while their owners go to other pages, to read and write there. Known
 * to the frame of the app, which loads nothing of it before there is one.
 */
export class OngoingFace {
	meeting: FaceMeeting | undefined = $state.raw();
}

export const provideOngoingFace = (): OngoingFace => setContext(ONGOING, new OngoingFace());
/** Only below the frame of the app. */
export const useOngoingFace = (): OngoingFace => getContext<OngoingFace>(ONGOING);
