import type { DeviceKey } from '#core/kernel/ids.ts';
import { encodeLedgerMessage } from '#core/wire/frames.ts';
import { withElders } from '#core/wire/introduction.ts';
import type { Grid } from './grids.ts';

/**
 * PEOPLE-10: the frames that tell a device by what it lost its right while it was away; none for a key that never had
 * any. Its own ending is nobody's secret to its owner, and without it the device can only guess.
 */
export function farewellTo(grid: Grid, key: DeviceKey): readonly Uint8Array[] {
	const { revoked, former } = grid.roster;
	const added = grid.ledger.ofType('device.add').find(({ body }) => body.key === key);
	const device = revoked.find((entry) => entry.key === key);
	const endings = device?.endings ?? (added && former.get(added.body.member)?.endings) ?? [];
	if (endings.length === 0) return [];
	const wires = withElders(
		grid.ledger,
		endings.flatMap(({ by }) => grid.ledger.get(by) ?? []),
	);
	return [encodeLedgerMessage({ t: 'records', scope: null, wires })];
}
