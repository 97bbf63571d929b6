import { object, oneOf, uint, union, type BodyOf } from '../kernel/fields.ts';

/** The nth update that this connection sent is committed. */
const storedFields = { t: oneOf(['stored']), n: uint };
/** Liveness: page script cannot see ping frames. The other side answers `alive` with the same number. */
const beatFields = { t: oneOf(['beat']), n: uint };
const aliveFields = { t: oneOf(['alive']), n: uint };

/** 66: acknowledgement and heartbeat beside y-websocket's own messages. */
export type DraftMessage = BodyOf<typeof storedFields> | BodyOf<typeof beatFields> | BodyOf<typeof aliveFields>;

export const draftField = union<DraftMessage>({
	stored: object(storedFields),
	beat: object(beatFields),
	alive: object(aliveFields),
});
