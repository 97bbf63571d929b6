import type { MemberId, PollId, RecordId } from '#core/kernel/ids.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import type { RecordType } from '#core/ledger/registry.ts';
import {
	cancelPoll,
	closePoll,
	cosign,
	countHands,
	endProxy,
	enterPaper,
	giveProxy,
	objectTo,
	openPoll,
	sealStation,
	signReceipt,
} from '#core/polls/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { countNow } from '#core/polls/audit.ts';
import { RULE_PROFILES } from '#core/polls/profiles.ts';
import { CHOICES, COSIGN_KINDS, type CosignKind, type UnitKind } from '#core/polls/records.ts';
import { foldPolls } from '#core/polls/reducer.ts';
import { memberRoll, type RollUnit } from '#core/polls/roll.ts';
import { authorMember } from '#core/roster/authorship.ts';
import { Standing } from '#core/validity/standing.ts';
import { anyone, byOfficer, type Act } from './generated-acts.ts';
import type { GeneratedLedger } from './ledger-generator.ts';
import { changedCounts } from './member-counts.ts';
import { must } from './must.ts';

const pickPoll = (world: GeneratedLedger, side: Ledger) => world.random.pick(side.ofType('poll.open'));
const idsOf = (records: readonly LedgerRecord[]): readonly RecordId[] => records.map(({ id }) => id);
const inScope = <R extends LedgerRecord>(records: readonly R[], poll: PollId): readonly R[] =>
	records.filter(({ scope }) => scope === poll);

const poll: Act = (world, side) => {
	const text = world.random.pick(side.ofType('text.freeze'));
	if (!text || side.ofType('poll.open').length > 4) return;
	const { random } = world;
	const named = () => random.shuffled(world.people.map(({ member }) => member));
	const profile = must(random.pick(RULE_PROFILES));
	const voters = rollFor(world, profile.unit, random.some(idsOf(side.ofType('member.add')), 0.9));
	const groups = profile.rule.groups.map(([name]) => ({ name, members: named().slice(0, 3) }));
	byOfficer(world, side, 'convener', (composer, as) =>
		openPoll(composer, as, {
			...{ topic: text.body.topic, text: text.id, question: '同意吗？', profile, voters, devices: [] },
			...{ tellers: named().slice(0, 2 + random.below(2)), q: 1 + random.below(2), stations: named().slice(0, 2) },
			...(groups.length > 0 ? { groups } : {}),
			...(profile.id === 'households-choose' ? { choice: aChoice(world) } : {}),
		}),
	);
};

const aChoice = ({ random }: GeneratedLedger) => ({
	form: must(random.pick(['single', 'approval', 'ranked'] as const)),
	options: ['停车', '保洁', '绿化'],
});

/** Units of one or two members, owners of some area. */
function rollFor({ random }: GeneratedLedger, kind: UnitKind, members: readonly MemberId[]): readonly RollUnit[] {
	if (kind === 'member') return memberRoll(members);
	return members.flatMap((member, index) => {
		const [next] = members.slice(index + 1);
		const shared = next !== undefined && random.chance(0.3) ? [member, next] : [member];
		const weight = kind === 'owner' ? { heads: random.below(3), area: random.below(20_000) } : { heads: 1, area: 0 };
		return [{ unit: `${index + 100} 室`, ...weight, members: shared }];
	});
}

const ballot: Act = (world, side) => {
	const opened = pickPoll(world, side);
	if (!opened) return;
	const { random } = world;
	const voter = anyone(world);
	const cast = inScope(side.ofType('ballot'), opened.id);
	const own = cast.filter(({ by }) => by === voter.device.key);
	const others = random.chance(0.1) ? random.some(cast, 0.2).slice(0, 9) : [];
	const replaces = idsOf([...(random.chance(0.5) ? own : []), ...others]).slice(0, 16);
	const wish = { ...wishIn(world, opened), ...byProxy(world, side, voter.member) };
	world.write(side, voter, (composer) => castBallot(composer, opened.id, wish, replaces));
};

/** Mostly what the form allows. */
function wishIn({ random }: GeneratedLedger, { body }: LedgerRecord<'poll.open'>) {
	const choice = must(random.pick(CHOICES));
	const unit = random.chance(0.2) ? { unit: `${100 + random.below(9)} 室` } : {};
	if (body.form === 'motion' || choice !== 'approve') return { choice, ...unit };
	const ranked = random.shuffled([...body.options.keys()]);
	return { choice, ...unit, picks: body.form === 'single' ? ranked.slice(0, 1) : ranked.slice(0, 1 + random.below(3)) };
}

function byProxy({ random }: GeneratedLedger, side: Ledger, holder: MemberId) {
	const given = random.pick(side.ofType('proxy.give').filter(({ body }) => body.to === holder));
	const voter = given && authorMember(side, given);
	return given && voter && random.chance(0.6) ? { byProxy: { voter, proxy: given.id } } : {};
}

const proxy: Act = (world, side) => {
	const { random } = world;
	const [giver, holder] = [anyone(world), anyone(world)];
	const given = random.pick(side.ofType('proxy.give'));
	if (given && random.chance(0.3)) return world.write(side, giver, (composer) => endProxy(composer, given.id));
	const poll = pickPoll(world, side)?.id;
	const within = poll !== undefined && random.chance(0.5) ? { poll } : {};
	return world.write(side, giver, (composer) => giveProxy(composer, holder.member, within));
};

const paper: Act = (world, side) => {
	const opened = pickPoll(world, side);
	const teller = world.people.find(({ member }) => opened?.body.tellers.includes(member));
	const voter = world.random.pick(idsOf(side.ofType('member.add')));
	if (!opened || !teller || voter === undefined) return;
	const entry = { voter, ...wishIn(world, opened), serial: `${side.size}`, replaces: [] };
	world.write(side, teller, (composer) => enterPaper(composer, opened.id, entry));
};

const seal: Act = (world, side) => {
	const opened = pickPoll(world, side);
	const witness = world.people.find(({ member }) => opened?.body.stations.includes(member));
	if (!opened || !witness) return;
	const ids = world.random.some(idsOf(inScope(side.ofType('ballot'), opened.id)), 0.6);
	world.write(side, witness, (composer) => sealStation(composer, opened.id, witness.member, ids));
};

const object: Act = (world, side) => {
	const closing = world.random.pick(side.ofType('poll.close'))?.id;
	if (closing === undefined) return;
	const ballot = world.random.pick(side.ofType('ballot'))?.id;
	world.write(side, anyone(world), (composer) => objectTo(composer, closing, ballot));
};

const cancel: Act = (world, side) => {
	const opened = world.random.chance(0.3) ? pickPoll(world, side) : undefined;
	if (!opened) return;
	byOfficer(world, side, 'convener', (composer, as) => cancelPoll(composer, as, opened.id, 'not-needed'));
};

const hands: Act = (world, side) => {
	const opened = pickPoll(world, side);
	const teller = world.people.find(({ member }) => opened?.body.tellers.includes(member));
	if (!opened || !teller) return;
	const { random } = world;
	const voters = random.some(idsOf(side.ofType('member.add')), 0.15);
	const counts = { approve: voters.length, reject: 0, abstain: 0, spoiled: random.chance(0.1) ? 1 : 0 };
	const replaces = random.some(idsOf(inScope(side.ofType('hand.count'), opened.id)), 0.4).slice(0, 16);
	world.write(side, teller, (composer) => countHands(composer, opened.id, voters, counts, replaces));
	const outsider = world.people.find(({ member }) => !opened.body.tellers.includes(member));
	if (!outsider || random.chance(0.7)) return;
	world.write(side, outsider, (composer) => countHands(composer, opened.id, voters, counts, replaces), false);
};

const USUAL_KINDS: Readonly<Partial<Record<RecordType, CosignKind>>> = {
	...{ 'hand.count': 'count', 'paper.ballot': 'paper', seal: 'seal', 'poll.close': 'certify' },
};

const cosignSomething: Act = (world, side) => {
	const targets = [
		...side.ofType('hand.count'),
		...side.ofType('paper.ballot'),
		...side.ofType('seal'),
		...side.ofType('poll.close'),
		...side.ofType('text.freeze'),
		...side.ofType('minutes.freeze'),
		...side.ofType('publish'),
		...side.ofType('publish.correct'),
		...side.ofType('publish.withdraw'),
	];
	const target = world.random.pick(targets);
	if (!target) return;
	const kind = world.random.chance(0.9)
		? (USUAL_KINDS[target.type] ?? 'approve')
		: must(world.random.pick(COSIGN_KINDS));
	const poll = 'poll' in target.body ? side.find(target.body.poll, 'poll.open') : undefined;
	const tellers = world.people.filter(({ member }) => poll?.body.tellers.includes(member));
	const signer = (world.random.chance(0.8) && world.random.pick(tellers)) || anyone(world);
	world.write(side, signer, (composer) => cosign(composer, undefined, target.id, kind, target.scope));
};

const receipt: Act = (world, side) => {
	const poll = pickPoll(world, side)?.id;
	if (!poll) return;
	const ids = world.random.some(idsOf(inScope(side.ofType('ballot'), poll)), 0.3).slice(0, 64);
	world.write(side, anyone(world), (composer) => signReceipt(composer, poll, ids));
};

/** Honest, or listing something else, or declaring something else; superseding or not. */
const close: Act = (world, side) => {
	const folded = world.random.pick([...foldPolls(new Standing(side, world.blob)).values()]);
	if (!folded) return;
	const { random } = world;
	const attendance = random.pick(side.ofType('meeting.attendance'))?.id;
	const now = countNow(new Standing(side, world.blob), folded, undefined);
	const ids = random.chance(0.7) ? now.ids : random.some([...now.ids, ...idsOf(side.ofType('ballot'))], 0.7);
	const { counts } = now.tally;
	const declared = random.chance(0.8) ? counts : changedCounts(counts, { approve: counts.units.approve + 1 });
	const supersedes = random.chance(0.5) ? folded.closings.at(-1)?.id : undefined;
	const seals = random.some(idsOf(inScope(side.ofType('seal'), folded.id)), 0.7);
	const plan = { poll: folded.id, ids, declared, attendance, seals, supersedes };
	const teller = world.people.find(({ member }) => folded.tellers.includes(member));
	if (teller && random.chance(0.3))
		return world.write(side, teller, (composer) => closePoll(composer, undefined, plan));
	world.write(side, world.writers('convener'), (composer) => closePoll(composer, world.writers('convener').as, plan));
};

export const POLL_ACTS: readonly Act[] = [
	...[poll, poll, ...Array<Act>(10).fill(ballot), proxy, paper, hands, hands, seal, object, cancel],
	...[...Array<Act>(8).fill(cosignSomething), receipt, close, close],
];
