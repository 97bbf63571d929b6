import { err, ok, type Result } from '#core/kernel/result.ts';
import { permission } from '#core/roster/rules.ts';
import type { DialRefusal } from '#core/wire/line.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';
import { takeRelayOn } from './places.ts';

/** REACH-3: whether the corner has taken on the relay of this card; if not, whether this person may. */
export function standingOf(workspace: Workspace, { relay }: RelayCard): 'taken-on' | 'may-take-on' | 'unknown' {
	const { roster } = workspace.state;
	if (roster.relays.some(({ key }) => key === relay)) return 'taken-on';
	return permission(roster, workspace.me, 'relay.add').ok ? 'may-take-on' : 'unknown';
}

/** Takes it on where this person may, and connects. From then on the device connects by itself whenever it is near. */
export async function connect(
	workspace: Workspace,
	card: RelayCard,
): Promise<Result<void, WriteRefusal | DialRefusal | 'not-permitted'>> {
	if (standingOf(workspace, card) !== 'taken-on') {
		const taken = await takeRelayOn(workspace, card.relay, card.name, card.fingerprint);
		if (!taken.ok) return taken;
	}
	const courtyard = await workspace.reachCourtyard(card);
	const line = await courtyard.dial();
	return line.ok ? ok(undefined) : err(line.error);
}
