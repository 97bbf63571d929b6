import type { MemberId } from '#core/kernel/ids.ts';
import { decodeMemberBlob } from '#core/ledger/blobs.ts';
import { cardField } from '#core/roster/records.ts';
import { cardOf } from '#core/roster/selectors.ts';
import type { StoryCorner } from '../../../server/cli/scenario/people.ts';

export function nameOf(corner: StoryCorner, member: MemberId): string | undefined {
	const card = cardOf(corner.roster, member);
	return card && decodeMemberBlob(cardField, corner.blob(card))?.name;
}

/** Who has come into the corner under this name; undefined while nobody has. */
export function memberCalled(corner: StoryCorner, name: string): MemberId | undefined {
	return [...corner.roster.members.keys()].find((member) => nameOf(corner, member) === name);
}
