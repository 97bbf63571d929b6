import { expect, test } from 'vitest';
import { saveState, type SaveFacts } from '#lib/session/save-state.ts';

const calm: SaveFacts = {
	...{ trunk: 'open', online: true, storageFailed: false, refused: 0, unsent: 0, writing: 0, everConnected: true },
};
const state = (facts: Partial<SaveFacts>) => saveState({ ...calm, ...facts });

test.each<[Partial<SaveFacts>, ReturnType<typeof saveState>]>([
	[{}, { kind: 'saved' }],
	[{ writing: 1 }, { kind: 'sending', unsent: 1 }],
	[{ unsent: 3 }, { kind: 'sending', unsent: 3 }],
	[{ online: false }, { kind: 'saved' }],
	[{ trunk: 'lost', writing: 1, unsent: 2 }, { kind: 'storing' }],
	[{ trunk: 'connecting', online: false, writing: 1 }, { kind: 'storing' }],
	[{ trunk: 'connecting', everConnected: false }, { kind: 'connecting' }],
	[{ trunk: 'connecting' }, { kind: 'unreachable', unsent: 0 }],
	[
		{ trunk: 'connecting', unsent: 2 },
		{ kind: 'unreachable', unsent: 2 },
	],
	[
		{ trunk: 'connecting', online: false, unsent: 2 },
		{ kind: 'no-network', unsent: 2 },
	],
	[
		{ trunk: 'lost', everConnected: false },
		{ kind: 'unreachable', unsent: 0 },
	],
	[{ trunk: 'forbidden', unsent: 1 }, { kind: 'forbidden' }],
	[{ trunk: 'versions-differ', unsent: 1 }, { kind: 'versions-differ' }],
	[
		{ trunk: 'full', unsent: 2 },
		{ kind: 'relay-full', unsent: 2 },
	],
	[
		{ trunk: 'relay-ended', unsent: 2, online: false },
		{ kind: 'relay-ended', unsent: 2 },
	],
	[{ trunk: 'not-known-yet' }, { kind: 'not-known-yet' }],
	[{ trunk: 'not-known-yet', online: false }, { kind: 'not-known-yet' }],
	[
		{ refused: 2, trunk: 'not-known-yet' },
		{ kind: 'refused', count: 2 },
	],
	[{ refused: 1, storageFailed: true }, { kind: 'cannot-store' }],
])('[NET-1] %j is said as %j', (facts, said) => {
	expect(state(facts)).toEqual(said);
});

const TRUNK: readonly SaveFacts['trunk'][] = [
	'connecting',
	'open',
	'lost',
	'not-known-yet',
	'forbidden',
	'relay-ended',
];
const FLAGS = [false, true];
const NUMBERS = [0, 2];

function* everyFact(): Generator<SaveFacts> {
	for (const trunk of TRUNK)
		for (const [online, storageFailed, everConnected] of FLAGS.flatMap((a) =>
			FLAGS.flatMap((b) => FLAGS.map((c) => [a, b, c] as const)),
		))
			for (const refused of NUMBERS)
				for (const unsent of NUMBERS)
					for (const writing of NUMBERS)
						yield { trunk, online, storageFailed, everConnected, refused, unsent, writing };
}

test('[NET-1] "saved" is said exactly when all is stored here, acknowledged there, and nothing was refused', () => {
	const wrong = [...everyFact()].filter((facts) => {
		const { trunk, storageFailed, refused, unsent, writing } = facts;
		const safe = trunk === 'open' && !storageFailed && refused + unsent + writing === 0;
		return (saveState(facts).kind === 'saved') !== safe;
	});
	expect(wrong).toEqual([]);
});

test('[NET-1] what cannot be stored comes before everything, a refusal before every word on the network', () => {
	const all = [...everyFact()];
	expect(new Set(all.filter(({ storageFailed }) => storageFailed).map((facts) => saveState(facts).kind))).toEqual(
		new Set(['cannot-store']),
	);
	const refused = all.filter((facts) => !facts.storageFailed && facts.refused > 0);
	expect(new Set(refused.map((facts) => saveState(facts).kind))).toEqual(new Set(['refused']));
});

test('[NET-1] what is unsent is never hidden while nothing worse is wrong', () => {
	const waiting = [...everyFact()].filter(
		({ unsent, writing, storageFailed, refused }) => unsent > 0 && writing === 0 && !storageFailed && refused === 0,
	);
	const hidden = waiting
		.map(saveState)
		.filter((said) => !('unsent' in said) && !['connecting', 'not-known-yet', 'forbidden'].includes(said.kind));
	expect(hidden).toEqual([]);
});

test('[NET-1] what the disk has not taken is never called saved, on this device neither', () => {
	const written = [...everyFact()].filter(({ writing }) => writing > 0).map((facts) => saveState(facts).kind);
	expect(written).not.toContain('no-network');
	expect(written).not.toContain('unreachable');
	expect(written).not.toContain('saved');
});
