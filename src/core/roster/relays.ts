import type { DeviceKey } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { RelayEntry } from './state.ts';

/** The relays that carry now: taken on, and not let go since. `view`: the records that have weight. */
export function relaysIn(view: LedgerReader): readonly RelayEntry[] {
	const ended = new Set(view.ofType('relay.end').map(({ body }) => body.target));
	const carrying = view.ofType('relay.add').filter(({ id }) => !ended.has(id));
	return carrying.map(({ id, body }) => ({ id, key: body.key, name: body.name }));
}

/**
 * GONE-1: whether the relay with this key was let go. One that was taken on again since was not, nor was one that
 * nobody ever took on: the relay a grid was founded at. `view`: the records that have weight. `key`: undefined for a
 * relay that was never met.
 */
export function isLetGo(view: LedgerReader, key: DeviceKey | undefined): boolean {
	const isThis = (relay: { readonly key: DeviceKey }) => relay.key === key;
	return view.ofType('relay.add').some(({ body }) => isThis(body)) && !relaysIn(view).some(isThis);
}
