import type { DeviceKey } from '../kernel/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Device, Grid, Newcomer, Roster } from './state.ts';

export function foldRoster(ledger: Ledger): Roster {
	const devices = foldDevices(ledger);
	return {
		grid: foldGrid(ledger),
		members: new Map(ledger.ofType('member.add').map(({ id, body }) => [id, { id, card: body.card }])),
		devices,
		grants: ledger.ofType('role.grant').map(({ id, body }) => ({ id, member: body.member, role: body.role })),
		newcomers: foldNewcomers(ledger, devices),
		invites: ledger.ofType('invite').map(({ id }) => id),
	};
}

function foldGrid(ledger: Ledger): Grid | undefined {
	const genesis = ledger.ofType('genesis')[0];
	if (!genesis) return undefined;
	const { name, kind, founders, quorum } = genesis.body;
	return { id: genesis.id, name, kind, founders, quorum };
}

/** One key may have been added to two members; both stand here, and a poll voids what such a key votes (POLL-9). */
function foldDevices(ledger: Ledger): Map<DeviceKey, readonly Device[]> {
	const devices = new Map<DeviceKey, readonly Device[]>();
	for (const { id, body } of ledger.ofType('device.add')) {
		const device: Device = { key: body.key, member: body.member, add: id };
		devices.set(body.key, [...(devices.get(body.key) ?? []), device]);
	}
	return devices;
}

function foldNewcomers(ledger: Ledger, devices: ReadonlyMap<DeviceKey, readonly Device[]>): readonly Newcomer[] {
	return ledger
		.ofType('join')
		.filter(({ body }) => !devices.has(body.key))
		.map(({ id, auth, body }) => ({ join: id, key: body.key, card: body.card, invite: auth as Newcomer['invite'] }));
}
