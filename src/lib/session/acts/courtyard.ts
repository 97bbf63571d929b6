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
	const standing = standingOf(workspace, card);
	if (standing === 'unknown') return err('not-permitted');
	const taken = standing === 'taken-on' ? ok(undefined) : await takeBothOn(workspace, card);
	if (!taken.ok) return taken;
	const courtyard = await workspace.relays.reachCourtyard(card);
	const line = await courtyard.dial();
	return line.ok ? ok(undefined) : err(line.error);
}

/**
 * LINK-3: relays speak to each other only where the ledger names both. The one a corner was founded at is named by
 * nobody until it needs to be.
 */
async function takeBothOn(
	workspace: Workspace,
	card: RelayCard,
): Promise<Result<unknown, WriteRefusal | 'not-permitted'>> {
	const { key } = workspace.relays.home.standing;
	const isNew = key !== undefined && workspace.state.roster.relays.every((relay) => relay.key !== key);
	const home = isNew ? await takeRelayOn(workspace, key, location.host) : ok(undefined);
	if (!home.ok) return home;
	return takeRelayOn(workspace, card.relay, card.name, card.fingerprint);
}
