import { isHex32, type GridId, type RecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../roster/permissions.ts';

/** ARCHITECTURE 4: `<grid>` is the trunk; `<grid>.<kind>~<owner>` is one draft, owned by a record of the ledger. */
export type Room =
	| { readonly kind: 'ledger'; readonly grid: GridId; readonly name: string }
	| { readonly kind: DraftKind; readonly grid: GridId; readonly owner: RecordId; readonly name: string };
export type DraftKind = Exclude<DocumentKind, 'ledger'>;

export const trunkRoom = (grid: GridId): string => grid;
export const draftRoom = (grid: GridId, kind: DraftKind, owner: RecordId): string => `${grid}.${kind}~${owner}`;

/** WIRE-4: parses a room name out of a URL. */
export function parseRoom(name: string): Result<Room, 'no-such-room'> {
	const [grid = '', draft, ...rest] = name.split('.');
	if (!isHex32(grid) || rest.length > 0) return err('no-such-room');
	if (draft === undefined) return ok({ kind: 'ledger', grid: grid as GridId, name });
	const [kind = '', owner = '', ...more] = draft.split('~');
	if (!isDraftKind(kind) || !isHex32(owner) || more.length > 0) return err('no-such-room');
	return ok({ kind, grid: grid as GridId, owner: owner as RecordId, name });
}

function isDraftKind(kind: string): kind is DraftKind {
	return kind !== 'ledger' && (DOCUMENT_KINDS as readonly string[]).includes(kind);
}
