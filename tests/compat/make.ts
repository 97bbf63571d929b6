import type { GridId } from '#core/kernel/ids.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import { tellElderDayCare } from '../../server/cli/scenario/elder-day-care.ts';
import { tellElevatorNoise } from '../../server/cli/scenario/elevator-noise.ts';
import type { StoryCorner } from '../../server/cli/scenario/people.ts';
import { admitAll } from '../support/admission.ts';
import { GeneratedLedger } from '../support/ledger-generator.ts';
import { NAMES, writeFile, writeMeanings, type Name } from './golden.ts';
import { tellOwnersVote } from './owners-vote.ts';

interface Told {
	readonly grid: GridId;
	readonly records: readonly HeldRecord[];
	readonly blobs: Iterable<Uint8Array>;
}

const TELL: Readonly<Record<Name, () => Told>> = {
	'elder-day-care': () => ofCorner(tellElderDayCare().corner),
	'elevator-noise': () => ofCorner(tellElevatorNoise().corner),
	'owners-vote': () => ofCorner(tellOwnersVote()),
	generated: () => {
		const { grid, wires, blobs } = new GeneratedLedger(108, 500);
		return { grid, records: admitAll(grid, wires).everything(), blobs: blobs.values() };
	},
};

for (const name of NAMES.filter((known) => process.argv.includes(known))) {
	const { grid, records, blobs } = TELL[name]();
	writeFile(name, { grid, records, blobs: [...blobs], drafts: [] });
}
writeMeanings();

function ofCorner({ grid, records, blobs }: StoryCorner): Told {
	return { grid, records, blobs: blobs.values() };
}
