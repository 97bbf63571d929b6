import type { FaceCodeRefusal } from '#core/wire/face-code.ts';
import { deviceRefusalText } from './device-refusals.ts';
import { m } from './paraglide/messages.js';

/** What may go wrong between two phones: codes of core and of the session, whose types this part may not import. */
export type FaceRefusal =
	| FaceCodeRefusal
	| 'no-webrtc'
	| 'no-network'
	| 'not-admitted-yet'
	| 'face-unreachable'
	| 'face-not-proven'
	| 'face-not-a-member'
	| 'face-silent'
	| 'face-misspoken'
	| 'face-other-grid'
	| 'face-code-old'
	| 'face-own-code'
	| 'face-both-began'
	| 'face-nobody-began';

const FACE_SENTENCES: Readonly<Record<FaceRefusal, () => string>> = {
	'not-a-face-code': m.face_not_a_face_code,
	'face-code-newer': m.face_code_newer,
	'face-code-broken': m.face_code_broken,
	'no-webrtc': m.face_no_webrtc,
	'no-network': m.face_no_network,
	'not-admitted-yet': () => deviceRefusalText('not-admitted-yet'),
	'face-unreachable': m.face_unreachable,
	'face-not-proven': m.face_not_proven,
	'face-not-a-member': m.face_not_a_member,
	'face-silent': m.face_silent,
	'face-misspoken': m.face_misspoken,
	'face-other-grid': m.face_other_grid,
	'face-code-old': m.face_code_old,
	'face-own-code': m.face_own_code,
	'face-both-began': m.face_both_began,
	'face-nobody-began': m.face_nobody_began,
};

export const faceRefusalText = (code: FaceRefusal): string => FACE_SENTENCES[code]();
