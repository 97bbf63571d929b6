import type { DeviceKey, GridId } from '#core/kernel/ids.ts';
import type { Proof } from '#core/wire/login-messages.ts';
import type { Verifier } from '../ed25519.ts';
import { judgeWire } from './gate.ts';
import { Grid } from './grids.ts';

/**
 * DIRECT-7: whether the wires of a proof show, by themselves, that this grid has taken the relay on and that the device
 * belongs to the grid. Nothing is kept of a grid for which they do not: its phone met the wrong laptop.
 */
export function isEnrolled(id: GridId, { key, wires }: Proof, relay: DeviceKey, verifier: Verifier): boolean {
	const grid = new Grid(id);
	for (const wire of wires) {
		const judgement = judgeWire(grid, verifier, wire, () => '');
		if (judgement.verdict === 'accept') grid.add(judgement.record);
	}
	return grid.hasCarrier(relay) && grid.roleOf(key) !== undefined;
}
