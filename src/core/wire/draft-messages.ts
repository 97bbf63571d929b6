import {
	byteString,
	digest,
	key,
	list,
	nullable,
	object,
	oneOf,
	text,
	tuple,
	uint,
	union,
	type BodyOf,
} from '../kernel/fields.ts';

/** LEDGER 5: what one message of a draft's history holds at most, in bytes of updates; one update may be larger. */
export const HISTORY_PAGE = 256 * 1024;

const update = byteString(4 * 1024 * 1024);
const room = text(160);

/** The nth update that this connection sent is committed. */
const storedFields = { t: oneOf(['stored']), n: uint };
/** Liveness: page script cannot see ping frames. The other side answers `alive` with the same number. */
const beatFields = { t: oneOf(['beat']), n: uint };
const aliveFields = { t: oneOf(['alive']), n: uint };
/** In a draft's room: "what was written here after that position?" */
const historyFields = { t: oneOf(['history']), after: uint };
/**
 * `[position, at, author, update]`, in order of arrival. Time and author are what the relay says: nothing in a draft is
 * signed. An empty page is the end.
 */
const pastFields = { t: oneOf(['past']), updates: list(tuple(uint, uint, nullable(key), update), 65_536) };
/** On the trunk: "of these drafts I have the one with this digest." The answer is `step1` for each that differs. */
const haveFields = { t: oneOf(['have']), drafts: list(tuple(room, digest), 64) };
/** y-protocols' sync messages of a draft that is not on screen: a state vector, and what somebody with it lacks. */
const step1Fields = { t: oneOf(['step1']), room, vector: update };
const step2Fields = { t: oneOf(['step2']), room, update };

/** 66: what concerns drafts beside y-websocket's own messages, and the heartbeat of every connection. */
export type DraftMessage =
	| BodyOf<typeof storedFields>
	| BodyOf<typeof beatFields>
	| BodyOf<typeof aliveFields>
	| BodyOf<typeof historyFields>
	| BodyOf<typeof pastFields>
	| BodyOf<typeof haveFields>
	| BodyOf<typeof step1Fields>
	| BodyOf<typeof step2Fields>;
export type PastMessage = BodyOf<typeof pastFields>;

export const draftField = union<DraftMessage>({
	stored: object(storedFields),
	beat: object(beatFields),
	alive: object(aliveFields),
	history: object(historyFields),
	past: object(pastFields),
	have: object(haveFields),
	step1: object(step1Fields),
	step2: object(step2Fields),
});
