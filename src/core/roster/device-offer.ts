import { fromHex, isHex32, toHex, type DeviceKey, type GridId, type RecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Introduction } from './acts.ts';
import { parseFounded, parseFoundingQuestion, type FoundedGrid, type FoundingQuestion } from './cofounding.ts';
import { parseInvitation, type Invitation } from './invitation.ts';
import type { Roster } from './state.ts';

/** What one phone shows to another of the same person: the question whether to come in beside it. No secret. */
export interface DeviceOffer {
	readonly grid: GridId;
	/** The `device.add` of the phone that asks. */
	readonly introducer: RecordId;
}

/** The other phone's answer: its new key, and the proof that it holds it and means this very question. */
export interface DeviceAnswer extends Introduction {
	readonly grid: GridId;
}

export type DeviceAnswerRefusal = 'device-other-grid' | 'device-known';

const MARK = 'device';
/** Characters of the longest of these fragments, with room for a '#'. */
const LONGEST = 400;
const SIGNATURE = /^[0-9a-f]{128}$/;

export const formatDeviceOffer = ({ grid, introducer }: DeviceOffer): string => `${MARK}.${grid}.${introducer}`;

/** JOIN-2: reads what the asking phone shows. */
export function parseDeviceOffer(fragment: string): Result<DeviceOffer, 'invitation-malformed'> {
	const [mark, grid = '', introducer = '', ...rest] = partsOf(fragment);
	const wellFormed = mark === MARK && isHex32(grid) && isHex32(introducer) && rest.length === 0;
	if (!wellFormed) return err('invitation-malformed');
	return ok({ grid: grid as GridId, introducer: introducer as RecordId });
}

export const formatDeviceAnswer = ({ grid, key, pop }: DeviceAnswer): string => `${grid}.${key}.${toHex(pop)}`;

/** JOIN-2: reads what the new phone shows. Whether its proof is true is the caller's to find out. */
export function parseDeviceAnswer(fragment: string): Result<DeviceAnswer, 'device-malformed'> {
	const [grid = '', key = '', pop = '', ...rest] = partsOf(fragment);
	const wellFormed = isHex32(grid) && isHex32(key) && SIGNATURE.test(pop) && rest.length === 0;
	if (!wellFormed) return err('device-malformed');
	return ok({ grid: grid as GridId, key: key as DeviceKey, pop: fromHex(pop) });
}

/** How somebody comes in: asked by a neighbor, by another phone of their own, or by who founds, before and after. */
export type Arrival =
	| { readonly by: 'invitation'; readonly invitation: Invitation }
	| { readonly by: 'device'; readonly offer: DeviceOffer }
	| { readonly by: 'founding'; readonly question: FoundingQuestion }
	| { readonly by: 'founded'; readonly founded: FoundedGrid };

/** JOIN-1, JOIN-2, FOUND-1: reads the fragment of a link to `/join`, or what a spoken code stands for. */
export function parseArrival(fragment: string): Result<Arrival, 'invitation-malformed'> {
	const offer = parseDeviceOffer(fragment);
	if (offer.ok) return ok({ by: 'device', offer: offer.value });
	const question = parseFoundingQuestion(fragment);
	if (question.ok) return ok({ by: 'founding', question: question.value });
	const founded = parseFounded(fragment);
	if (founded.ok) return ok({ by: 'founded', founded: founded.value });
	const invitation = parseInvitation(fragment);
	return invitation.ok ? ok({ by: 'invitation', invitation: invitation.value }) : invitation;
}

/** JOIN-3: an answer serves in its own corner only, and one key is one phone, also when it was sent out since. */
export function mayAddAnswered(
	roster: Roster,
	{ grid, key }: DeviceAnswer,
): Result<DeviceAnswer['key'], DeviceAnswerRefusal> {
	if (grid !== roster.grid?.id) return err('device-other-grid');
	const ended = roster.revoked.some((device) => device.key === key);
	return ended || roster.devices.has(key) ? err('device-known') : ok(key);
}

function partsOf(fragment: string): readonly string[] {
	if (fragment.length > LONGEST) return [];
	return fragment.replace(/^#/, '').trim().toLowerCase().split('.');
}
