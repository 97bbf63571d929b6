import { err, ok, type Result } from '#core/kernel/result.ts';
import { isLetGo } from '#core/roster/relays.ts';
import { permission } from '#core/roster/rules.ts';
import type { DialRefusal } from '#core/wire/line.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';
import { takeRelayOn } from './places.ts';

export interface CardStanding {
	readonly isTakenOn: boolean;
	/** GONE-6: it was taken on once, and let go. */
	readonly isLetGo: boolean;
	readonly mayTakeOn: boolean;
}

/** REACH-3: how the corner stands to the relay of this card, and whether this person may take it on. */
export function standingOf(workspace: Workspace, { relay }: RelayCard): CardStanding {
	const { roster } = workspace.state;
	return {
		isTakenOn: roster.relays.some(({ key }) => key === relay),
		isLetGo: isLetGo(workspace.standing.view, relay),
		mayTakeOn: permission(roster, workspace.me, 'relay.add').ok,
	};
}

/** Takes it on where this person may, and connects. From then on the device connects by itself whenever it is near. */
export async function connect(
	workspace: Workspace,
	card: RelayCard,
): Promise<Result<void, WriteRefusal | DialRefusal | 'not-permitted'>> {
	const { isTakenOn, mayTakeOn } = standingOf(workspace, card);
	if (!isTakenOn && !mayTakeOn) return err('not-permitted');
	const taken = isTakenOn ? ok(undefined) : await takeBothOn(workspace, card);
	if (!taken.ok) return taken;
	return reach(workspace, card);
}

/** REACH-6: the card that was read last replaces the one before, unless somebody else answers to what it says. */
async function reach({ relays }: Workspace, card: RelayCard): Promise<Result<void, DialRefusal>> {
	const before = relays.courtyard?.card;
	const courtyard = await relays.reachCourtyard(card);
	const line = await courtyard.dial();
	if (line.ok) return ok(undefined);
	if (line.error === 'relay-differs' && before) await relays.reachCourtyard(before);
	return err(line.error);
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
