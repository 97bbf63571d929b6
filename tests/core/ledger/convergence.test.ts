import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { toHex, type PollId } from '#core/kernel/ids.ts';
import { Standing } from '#core/validity/standing.ts';
import { forksIn } from '#core/ledger/forks.ts';
import { foldStanding } from '#core/ledger/fold.ts';
import { parseWire, type HeldRecord } from '#core/ledger/record.ts';
import { RECORD_TYPES } from '#core/ledger/registry.ts';
import { stateHash } from '#core/ledger/state-hash.ts';
import { auditClosing, scopeHash } from '#core/polls/audit.ts';
import { Holder, Memory } from '../../support/admission.ts';
import { GeneratedLedger } from '../../support/ledger-generator.ts';
import { must } from '../../support/must.ts';
import { reconcileAll, Replica, scopeOf } from '../../support/replica.ts';

const coverage = {
	runs: 0,
	records: 0,
	most: 0,
	invalid: 0,
	closings: 0,
	certified: 0,
	contested: 0,
	forks: 0,
	rounds: 0,
	endings: 0,
	fallen: 0,
	disputed: 0,
	missingBlobs: 0,
	unapproved: 0,
	forkedChains: 0,
	furtherDevices: 0,
};
/** A disputed closing and a contested one: so rare that two hundred other runs may meet none. */
const RARE: [seed: number, acts: number][] = [
	[5, 300],
	[18, 300],
];
const generated = new Map<HeldRecord['type'], number>();

/** Hands every wire to some of the replicas, once or several times, in any order, a few at a time. */
function deliver(world: GeneratedLedger, replicas: readonly Replica[]): void {
	const { random } = world;
	const parcels = new Map(replicas.map((replica) => [replica, [] as Uint8Array[]]));
	for (const wire of random.shuffled([...world.wires, ...world.invalid])) {
		const takers = replicas.filter((replica) => replica.takes(scopeOf(wire)));
		const some = random.some(takers, 0.4);
		for (const taker of some.length > 0 ? some : [must(random.pick(takers))]) {
			const parcel = must(parcels.get(taker));
			parcel.push(...(random.chance(0.1) ? [wire, wire] : [wire]));
			if (random.chance(0.1)) taker.receive(parcel.splice(0));
		}
	}
	for (const [replica, parcel] of parcels) replica.receive(parcel);
}

/** Everything that a replica says of the structure, and of each poll whose scope it follows. */
function verdictOf(world: GeneratedLedger, { ledger }: Replica | Holder, takes: (poll: PollId) => boolean): unknown {
	const standing = new Standing(ledger, world.blob);
	const state = foldStanding(standing);
	const polls = [...state.polls.values()].filter(({ id }) => takes(id));
	return {
		structure: stateHash(state),
		ids: [null, ...polls.map(({ id }) => id)].map((scope) => [scope, ledger.idsOf(scope)]),
		scopes: polls.map((poll) => scopeHash(ledger, standing, poll)),
		audits: polls.flatMap((poll) => poll.closings.map((closing) => stateHash(auditClosing(standing, poll, closing)))),
	};
}

function converges(seed: number, acts: number): void {
	const world = new GeneratedLedger(seed, acts);
	const memory = new Memory();
	const follower = () => true;
	// The third device holds the ballots of no poll whose id ends in an even digit: structure must be the same for it.
	const partial = (poll: PollId) => Number.parseInt(poll.slice(-1), 16) % 2 === 1;
	const replicas = [follower, follower, partial].map((follows) => new Replica(world.grid, memory, follows));
	deliver(world, replicas);
	const rounds = reconcileAll(replicas);
	const reference = new Holder(world.grid, memory);
	const waiting = reference.offerAll(world.wires);
	expect(waiting).toEqual([]);
	for (const replica of replicas) {
		const takes = (poll: PollId) => replica.takes(poll);
		expect(verdictOf(world, replica, takes)).toEqual(verdictOf(world, reference, takes));
		expect(heldWires(replica, world.invalid)).toEqual([]);
	}
	cover(world, reference, rounds);
}

function heldWires({ ledger }: Replica, wires: readonly Uint8Array[]): readonly string[] {
	const held = new Set(ledger.everything().map(({ wire }) => toHex(wire)));
	return wires.map(toHex).filter((wire) => held.has(wire));
}

function cover(world: GeneratedLedger, { ledger }: Holder, rounds: number): void {
	const standing = new Standing(ledger, world.blob);
	const { polls, topics, roster } = foldStanding(standing);
	const closings = [...polls.values()].flatMap((poll) => poll.closings);
	coverage.runs++;
	coverage.records += ledger.size;
	coverage.most = Math.max(coverage.most, ledger.size);
	coverage.invalid += world.invalid.length;
	coverage.closings += closings.length;
	coverage.certified += closings.filter(({ certified }) => certified).length;
	coverage.contested += [...polls.values()].filter(({ status }) => status === 'contested').length;
	coverage.forks += [...topics.values()].filter(({ stages }) => stages.length > 1).length;
	coverage.rounds = Math.max(coverage.rounds, rounds);
	coverage.disputed += closings.filter(({ disputed }) => disputed).length;
	coverage.endings += roster.revoked.length + roster.former.size;
	coverage.fallen += [...ledger.all()].filter((record) => !standing.stands(record)).length;
	coverage.unapproved += roster.unapproved.length;
	coverage.forkedChains += forksIn(ledger.all()).length;
	coverage.missingBlobs += [...ledger.blobsOf(null)].filter((hash) => !world.blob(hash)).length;
	coverage.furtherDevices += world.extra.length;
	for (const wire of world.wires) {
		const record = parseWire(wire);
		if (record.ok) generated.set(record.value.type, (generated.get(record.value.type) ?? 0) + 1);
	}
}

test('[FOLD-1] three devices that hear the same records in any order, split and twice, come to hold and say the same', () => {
	const seeds = fc.property(fc.integer(), fc.noBias(fc.integer({ min: 20, max: 320 })), converges);
	fc.assert(seeds, { numRuns: 200, endOnFailure: true, examples: RARE });
}, 120_000);

test('[FOLD-1] [REC-3] those runs met every record type and newer rules, certified, contested and disputed closings, revocations, forks and invalid records', () => {
	expect([...RECORD_TYPES, 'opaque' as const].filter((type) => !generated.get(type))).toEqual([]);
	expect(Object.entries(coverage).filter(([, count]) => count === 0)).toEqual([]);
});

afterAll(() => {
	const types = [...generated].sort(([, a], [, b]) => b - a).map(([type, count]) => `${type} ${count}`);
	console.log(`convergence: ${JSON.stringify(coverage)}\n  ${types.join(' · ')}`);
});
