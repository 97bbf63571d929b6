import type { MemberId, PollId, TopicId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import { openPoll } from '#core/polls/acts.ts';
import { mayOpenPoll, type OpenPollRefusal } from '#core/polls/opening-rules.ts';
import { readOwnerRoll, type OwnerRoll } from '#core/polls/owner-roll.ts';
import type { RuleProfile } from '#core/polls/profiles.ts';
import type { RollUnit } from '#core/polls/roll.ts';
import type { DecisionRule } from '#core/polls/rule.ts';
import { addWithoutDevice } from '#core/roster/acts.ts';
import { permission, type NotPermitted } from '#core/roster/rules.ts';
import type { Topic } from '#core/topics/state.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

/** What is settled about an owners' vote before it begins. */
export interface OwnersPlan {
	readonly question: string;
	readonly profile: RuleProfile;
	readonly units: readonly RollUnit[];
	readonly settings: Pick<DecisionRule, 'silent' | 'clause' | 'proxies'>;
	readonly tellers: readonly MemberId[];
	/** How many tellers must certify. */
	readonly q: number;
	readonly stations: readonly MemberId[];
}

/** A pasted roll, with the members of this corner in it. */
export function readRoll(workspace: Workspace, text: string): OwnerRoll {
	const members = [...workspace.state.roster.members.values()];
	const cards = members.map(({ id, card }) => ({ id, card: workspace.card(card) }));
	return readOwnerRoll(text, (owner) => {
		const { name, building } = nameAndBuilding(owner);
		const called = cards.filter(({ card }) => card?.name === name);
		const there = building === undefined ? called : called.filter(({ card }) => card?.building === building);
		return there.map(({ id }) => id);
	});
}

/** Puts owners who are in no roster yet into it, as members without a phone. */
export async function addOwners(
	workspace: Workspace,
	owners: readonly string[],
	elsewhere: string,
): Promise<Result<void, WriteRefusal | NotPermitted>> {
	const allowed = permission(workspace.state.roster, workspace.me, 'member.add');
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => {
		for (const { name, building = elsewhere } of owners.map(nameAndBuilding))
			addWithoutDevice(composer, allowed.value, { name, building }, randomBytes(16));
	});
}

export async function openOwnersVote(
	workspace: Workspace,
	topic: Topic,
	plan: OwnersPlan,
): Promise<Result<PollId, WriteRefusal | OpenPollRefusal>> {
	const { state, me } = workspace;
	const allowed = mayOpenPoll(state, me, topic);
	if (!allowed.ok) return allowed;
	const text = topic.texts[0]?.id;
	if (text === undefined) return err('text-not-frozen');
	const { question, profile, units, settings, tellers, q, stations } = plan;
	return workspace.write((composer) =>
		openPoll(composer, allowed.value, {
			...{ topic: topic.id as TopicId, text, question: question.trim(), profile, settings },
			...{ voters: units, tellers, q, stations },
			devices: devicesOfVoters(workspace, units),
		}),
	);
}

/** 王伟（2号楼） tells two of the same name apart. */
function nameAndBuilding(owner: string): { readonly name: string; readonly building?: string } {
	const [, name, building] = /^(.+?)\s*[(（](.+)[)）]$/.exec(owner) ?? [];
	return name === undefined || building === undefined ? { name: owner } : { name, building };
}

function devicesOfVoters({ state }: Workspace, units: readonly RollUnit[]) {
	const voters = new Set(units.flatMap(({ members }) => members));
	const own = [...state.roster.devices].filter(([, entries]) => entries.some(({ member }) => voters.has(member)));
	return own.map(([key]) => key);
}
