import { utf8ToBytes } from '@noble/hashes/utils.js';
import { encodeCbor } from '../kernel/cbor.ts';
import { fromHex, isHex32, labelled, toHex, type DeviceKey, type GridId, type RecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { encodeMemberBlob } from '../ledger/blobs.ts';
import type { Composer } from '../ledger/composer.ts';
import { cardField, type Card } from './records.ts';
import type { Roster } from './state.ts';

/** Who may found with the one who signs genesis: five hands at most, three are advised. */
export const MAX_COFOUNDERS = 4;

/** What the founder's phone shows: who founds with me? 16 bytes as hex, which genesis carries afterwards. No secret. */
export interface FoundingQuestion {
	readonly nonce: string;
}

/** Somebody whose key is to stand in genesis. The name is only for the founder's eyes. */
export interface Cofounder {
	readonly key: DeviceKey;
	readonly name: string;
}

/** A co-founder's phone answers with a new key, and the proof that it holds it and means this very founding. */
export interface CofounderAnswer extends FoundingQuestion, Cofounder {
	readonly proof: Uint8Array;
}

/** What a co-founder's phone has to learn once genesis is signed. */
export interface FoundedGrid extends FoundingQuestion {
	readonly grid: GridId;
}

export type CofounderRefusal = 'cofounder-other-founding' | 'cofounder-known' | 'cofounders-complete';

const QUESTION = 'cofounder';
const FOUNDED = 'founded';
const NONCE = /^[0-9a-f]{32}$/;
const SIGNATURE = /^[0-9a-f]{128}$/;
/** Characters of a name; and of the longest fragment, where each takes up to six, with room for a '#'. */
const LONGEST_NAME = 40;
const LONGEST = 600;

export const formatFoundingQuestion = ({ nonce }: FoundingQuestion): string => `${QUESTION}.${nonce}`;

export const formatCofounderAnswer = ({ nonce, key, proof, name }: CofounderAnswer): string =>
	[QUESTION, nonce, key, toHex(proof), toHex(utf8ToBytes(name))].join('.');

export const formatFounded = ({ nonce, grid }: FoundedGrid): string => `${FOUNDED}.${nonce}.${grid}`;

/** FOUND-1: reads what the founder's phone shows. */
export function parseFoundingQuestion(fragment: string): Result<FoundingQuestion, 'invitation-malformed'> {
	const [mark, nonce = '', ...rest] = partsOf(fragment);
	const wellFormed = mark === QUESTION && NONCE.test(nonce) && rest.length === 0;
	return wellFormed ? ok({ nonce }) : err('invitation-malformed');
}

/** FOUND-1: reads what a co-founder's phone shows. Whether its proof is true is the caller's to find out. */
export function parseCofounderAnswer(fragment: string): Result<CofounderAnswer, 'cofounder-malformed'> {
	const [mark, nonce = '', key = '', proof = '', named = '', ...rest] = partsOf(fragment);
	const name = nameFrom(named);
	const keyed = mark === QUESTION && NONCE.test(nonce) && isHex32(key) && SIGNATURE.test(proof);
	if (!keyed || name === undefined || rest.length > 0) return err('cofounder-malformed');
	return ok({ nonce, key: key as DeviceKey, proof: fromHex(proof), name });
}

/** FOUND-1: reads what the founder's phone shows once the corner is founded. */
export function parseFounded(fragment: string): Result<FoundedGrid, 'invitation-malformed'> {
	const [mark, nonce = '', grid = '', ...rest] = partsOf(fragment);
	const wellFormed = mark === FOUNDED && NONCE.test(nonce) && isHex32(grid) && rest.length === 0;
	return wellFormed ? ok({ nonce, grid: grid as GridId }) : err('invitation-malformed');
}

/** "I hold this key, go by this name, and mean to found with whoever asked by this nonce." */
export function cofounderMessage(nonce: string, { key, name }: Cofounder): Uint8Array {
	return labelled('council-corner/cofounder/1', encodeCbor([fromHex(nonce), fromHex(key), name]));
}

/** FOUND-2: an answer serves for the founding that asked, and one key is one founder. */
export function mayAddCofounder(
	nonce: string,
	held: readonly Cofounder[],
	answer: CofounderAnswer,
): Result<Cofounder, CofounderRefusal> {
	if (answer.nonce !== nonce) return err('cofounder-other-founding');
	if (held.some(({ key }) => key === answer.key)) return err('cofounder-known');
	return held.length < MAX_COFOUNDERS ? ok({ key: answer.key, name: answer.name }) : err('cofounders-complete');
}

/** FOUND-2: how many founders agree to an ending unless they settle on another number: two both, more all but one. */
export const usualQuorum = (founders: number): number => Math.max(Math.min(founders, 2), founders - 1);

/** FOUND-3: a co-founder comes in by the own key, under genesis, and is a member; no office comes with it. */
export function enterAsCofounder(
	composer: Composer,
	grid: GridId,
	pop: Uint8Array,
	card: Card,
	salt: Uint8Array,
): RecordId {
	const blob = composer.blob(encodeMemberBlob(cardField, card, salt));
	const member = composer.add('member.add', { card: blob, heads: 1, area: 0 });
	return composer.add('device.add', { member, key: composer.key, via: grid, pop });
}

/** FOUND-3: founders who have not come in yet. One whose phone was ended did. */
export function foundersAwaited({ grid, devices, revoked }: Roster): readonly DeviceKey[] {
	const cameIn = (key: DeviceKey) => devices.has(key) || revoked.some((device) => device.key === key);
	return grid?.founders.filter((key) => !cameIn(key)) ?? [];
}

function nameFrom(hex: string): string | undefined {
	if (!/^(?:[0-9a-f]{2})+$/.test(hex)) return undefined;
	try {
		const name = decodeURIComponent(hex.replaceAll(/../g, '%$&'));
		return name.length <= LONGEST_NAME && !/\p{Cc}/u.test(name) && name.trim() === name ? name : undefined;
	} catch {
		return undefined;
	}
}

function partsOf(fragment: string): readonly string[] {
	if (fragment.length > LONGEST) return [];
	return fragment.replace(/^#/, '').trim().toLowerCase().split('.');
}
