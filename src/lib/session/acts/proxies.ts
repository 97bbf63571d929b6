import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import type { Result } from '#core/kernel/result.ts';
import { castBallot } from '#core/polls/casting.ts';
import { endProxy, giveProxy } from '#core/polls/acts.ts';
import { proxiesIn, type Proxy } from '#core/polls/proxies.ts';
import { mayGiveProxy, mayVoteByProxy, type ProxyRefusal } from '#core/polls/proxy-rules.ts';
import { ownUnits } from '#core/polls/roll.ts';
import type { Choice } from '#core/polls/records.ts';
import type { Poll } from '#core/polls/state.ts';
import { authorMember } from '#core/roster/authorship.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

type Outcome = Promise<Result<RecordId, WriteRefusal | ProxyRefusal>>;

/** The proxies that I have given, and those given to me, that hold in this poll. */
export function myProxies(
	workspace: Workspace,
	poll: Poll,
): { readonly given: readonly Proxy[]; readonly held: readonly Proxy[] } {
	void workspace.revision;
	const all = proxiesIn(workspace.standing.view, poll);
	return {
		given: all.filter(({ giver }) => giver === workspace.me),
		held: all.filter(({ holder }) => holder === workspace.me),
	};
}

/** Lets another member vote for me in this poll. */
export async function giveProxyTo(workspace: Workspace, poll: Poll, to: MemberId): Outcome {
	const allowed = mayGiveProxy(poll, workspace.me, to);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => giveProxy(composer, to, { poll: poll.id }));
}

export function takeBackProxy(workspace: Workspace, proxy: Proxy): Promise<Result<RecordId, WriteRefusal>> {
	return workspace.write((composer) => endProxy(composer, proxy.id));
}

/** What I have cast for others in a poll, oldest first. */
export function castForOthers(workspace: Workspace, poll: Poll) {
	void workspace.revision;
	return workspace.ledger
		.ofType('ballot')
		.filter(({ scope, body }) => scope === poll.id && body.for !== undefined)
		.filter((ballot) => authorMember(workspace.ledger, ballot) === workspace.me);
}

/** Whether I can vote for who gave me this proxy, beside all for whom I have voted. */
export function mayVoteFor(workspace: Workspace, poll: Poll, { giver }: Proxy): Result<Poll, ProxyRefusal> {
	const used = castForOthers(workspace, poll).flatMap(({ body }) => body.for ?? []);
	return mayVoteByProxy(poll, giver, used);
}

/** Votes for every unit of who gave the proxy, or replaces what I said for it before. */
export async function voteFor(workspace: Workspace, poll: Poll, proxy: Proxy, choice: Choice): Outcome {
	const allowed = mayVoteFor(workspace, poll, proxy);
	if (!allowed.ok) return allowed;
	const units = ownUnits(poll, proxy.giver);
	const byProxy = { voter: proxy.giver, proxy: proxy.id };
	return workspace.write((composer) => {
		const before = castForOthers(workspace, poll).filter(({ body }) => body.for === proxy.giver);
		const cast = units.map((unit) => {
			const replaces = before.filter(({ body }) => (body.unit ?? unit) === unit).map(({ id }) => id);
			const wish = { choice, byProxy, ...(units.length > 1 && { unit }) };
			return castBallot(composer, poll.id, wish, replaces.slice(-16));
		});
		return cast.at(-1) as RecordId;
	});
}
