import { shortHash, type BlobHash, type RecordId } from '#core/kernel/ids.ts';
import { minutesOf } from '#core/topics/selectors.ts';
import type { DraftKind } from '#core/wire/rooms.ts';
import type { DraftVersion } from './draft-versions.ts';
import type { Workspace } from '../workspace.svelte.ts';

type Held = Pick<Workspace, 'state' | 'ledger' | 'textOf'>;

/** VERSION-5: what was frozen out of a draft is one of its versions, and is read from the ledger, not from the draft. */
export function frozenVersions(workspace: Held, kind: DraftKind, owner: RecordId): readonly DraftVersion[] {
	return frozenOf(workspace, kind, owner).flatMap(({ id, blob }) => {
		const text = workspace.textOf(blob);
		const at = workspace.ledger.get(id)?.at ?? 0;
		const frozen = {
			id,
			kind: 'frozen',
			from: at,
			to: at,
			name: shortHash(blob),
			namedBy: undefined,
			writers: [],
		} as const;
		return text ? [{ ...frozen, text }] : [];
	});
}

function frozenOf({ state }: Held, kind: DraftKind, owner: RecordId): readonly { id: RecordId; blob: BlobHash }[] {
	return kind === 'minutes' ? minutesOf(state, owner) : (state.topics.get(owner)?.texts ?? []);
}
