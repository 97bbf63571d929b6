import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import type { Result } from '#core/kernel/result.ts';
import { decodeIdList } from '#core/ledger/blobs.ts';
import { cosign, sealStation } from '#core/polls/acts.ts';
import { mayCountersignSeal, maySeal, type SealRefusal } from '#core/polls/witness-rules.ts';
import { type ClosingRefusal } from '#core/polls/rules.ts';
import type { Poll } from '#core/polls/state.ts';
import { authorMember } from '#core/roster/authorship.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

/** What one station sealed, and who countersigned: without anybody it does not stand. */
export interface StationSeal {
	readonly id: RecordId;
	readonly n: number;
	/** How many of the sealed records this device holds; undefined while the list is not here. */
	readonly held: number | undefined;
	readonly at: number;
	readonly signers: readonly MemberId[];
}
/** A station named at the opening, and its latest seal. */
export interface Station {
	readonly witness: MemberId;
	readonly seal: StationSeal | undefined;
	/** Whether one of its seals stands. */
	readonly sealed: boolean;
}

export function stationsOf(workspace: Workspace, poll: Poll): readonly Station[] {
	void workspace.revision;
	const seals = workspace.standing.view.citing(poll.id, 'seal');
	return poll.stations.map((witness) => {
		const own = seals.filter(({ body }) => body.station === witness).map(({ id }) => sealOf(workspace, id, witness));
		const seal = own.at(-1);
		return { witness, seal, sealed: own.some(({ signers }) => signers.length > 0) };
	});
}

/** Everything in the poll's scope that a seal is about, as far as this device holds it. */
export function sealableHere(workspace: Workspace, poll: Poll): readonly RecordId[] {
	void workspace.revision;
	const { view } = workspace.standing;
	const held = (['ballot', 'paper.ballot', 'hand.count'] as const).flatMap((type) => view.citing(poll.id, type));
	return held.filter(({ scope }) => scope === poll.id).map(({ id }) => id);
}

/** POLL-21: the witness of a station seals what this device holds, in place of an earlier seal if there is one. */
export async function sealHere(
	workspace: Workspace,
	poll: Poll,
): Promise<Result<RecordId, WriteRefusal | SealRefusal>> {
	const allowed = maySeal(poll, workspace.me);
	if (!allowed.ok) return allowed;
	const witness = workspace.me as MemberId;
	const earlier = stationsOf(workspace, poll).find((station) => station.witness === witness)?.seal;
	const ids = sealableHere(workspace, poll);
	return workspace.write((composer) => sealStation(composer, poll.id, witness, ids, earlier?.id));
}

export async function countersignSeal(
	workspace: Workspace,
	poll: Poll,
	{ witness, seal }: Station,
): Promise<Result<RecordId, WriteRefusal | ClosingRefusal>> {
	const allowed = mayCountersignSeal(poll, witness, workspace.me);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => cosign(composer, undefined, seal?.id as RecordId, 'seal', poll.id));
}

function sealOf(workspace: Workspace, id: RecordId, witness: MemberId): StationSeal {
	const { view, ledger } = { view: workspace.standing.view, ledger: workspace.ledger };
	const seal = view.find(id, 'seal');
	const list = seal && decodeIdList<RecordId>(workspace.blob(seal.body.list));
	const cosigns = view.citing(id, 'cosign').filter(({ body }) => body.kind === 'seal');
	const signers = cosigns.flatMap((one) => authorMember(view, one) ?? []).filter((member) => member !== witness);
	const held = list?.filter((one) => ledger.has(one)).length;
	return { id, n: seal?.body.n ?? 0, held, at: seal?.at ?? 0, signers: [...new Set(signers)] };
}
