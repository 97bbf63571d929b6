import * as v from 'valibot';
import { encodeCbor } from '../kernel/cbor.ts';
import { id, list, text, tuple } from '../kernel/fields.ts';
import { decodeBlob } from '../ledger/blobs.ts';
import type { Counts } from './counts.ts';
import type { Electorate } from './electorate.ts';
import type { Group } from './state.ts';
import type { CountedBallot, CountedHands } from './tally.ts';

const groupsField = list(tuple(text(40), list(id, 20_000)), 4);

/** The public blob that says who belongs to a group, by ids alone. */
export function encodeGroups(groups: readonly Group[]): Uint8Array {
	return encodeCbor(
		groupsField.encode(groups.map(({ name, members }) => [name, [...new Set(members)].sort()] as const)),
	);
}

/** undefined when the blob is not held, or does not name every group and every one of its members once. */
export function decodeGroups(bytes: Uint8Array | undefined): readonly Group[] | undefined {
	const parsed = v.safeParse(groupsField.schema, decodeBlob(bytes));
	if (!parsed.success) return undefined;
	const groups = parsed.output.map(([name, members]) => ({ name, members }));
	const once = [groups.map(({ name }) => name), ...groups.map(({ members }) => members)].every(isUnique);
	return once ? groups : undefined;
}

const isUnique = (values: readonly string[]) => new Set(values).size === values.length;

/** RULE-5: how many of each group are on the roll, and how many of them took part: came, or else voted. */
export function countGroups(
	groups: readonly Group[],
	{ unitsOf, present }: Electorate,
	ballots: readonly CountedBallot[],
	hands: readonly CountedHands[],
): NonNullable<Counts['groups']> {
	const here = present ?? new Set([...ballots.map(({ voter }) => voter), ...hands.flatMap(({ voters }) => voters)]);
	return groups.map(({ name, members }) => {
		const own = members.filter((member) => unitsOf.has(member));
		return [name, own.length, own.filter((member) => here.has(member)).length] as const;
	});
}
