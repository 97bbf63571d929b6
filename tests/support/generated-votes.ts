import type { PollId, RecordId } from '#core/kernel/ids.ts';
import { cited } from '#core/ledger/composer.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { currentOf } from '#core/ledger/successors.ts';
import { castBallot, closePoll, cosign, countHands, openPoll, signReceipt } from '#core/polls/acts.ts';
import { countNow } from '#core/polls/audit.ts';
import { RULE_PROFILES } from '#core/polls/profiles.ts';
import { CHOICES, COSIGN_KINDS } from '#core/polls/records.ts';
import { foldPolls } from '#core/polls/reducer.ts';
import { frozen } from './council.ts';
import { anyone, byOfficer, type Act } from './generated-acts.ts';
import type { GeneratedLedger } from './ledger-generator.ts';
import { must } from './must.ts';

const pickPoll = (world: GeneratedLedger, side: Ledger) => world.random.pick(side.ofType('poll.open'));
const idsOf = (records: readonly LedgerRecord[]): readonly RecordId[] => records.map(({ id }) => id);
const inScope = <R extends LedgerRecord>(records: readonly R[], poll: PollId): readonly R[] =>
	records.filter(({ scope }) => scope === poll);

const poll: Act = (world, side) => {
	const text = world.random.pick(side.ofType('text.freeze'));
	if (!text || side.ofType('poll.open').length > 3) return;
	const { random } = world;
	const members = idsOf(side.ofType('member.add'));
	const tellers = random.shuffled(world.people.map(({ member }) => member)).slice(0, 2 + random.below(2));
	const plan = {
		topic: text.body.topic,
		text: text.id,
		question: '同意吗？',
		profile: must(random.pick(RULE_PROFILES)),
	};
	const voters = random.some(members, 0.9);
	byOfficer(world, side, 'convener', (composer, as) =>
		openPoll(composer, as, { ...plan, voters, tellers, q: 1 + random.below(2), devices: [] }),
	);
};

const ballot: Act = (world, side) => {
	const poll = pickPoll(world, side)?.id;
	if (!poll) return;
	const voter = anyone(world);
	const cast = inScope(side.ofType('ballot'), poll);
	const own = cast.filter(({ by }) => by === voter.device.key);
	const others = world.random.chance(0.1) ? world.random.some(cast, 0.2).slice(0, 9) : [];
	const replaces = idsOf([...(world.random.chance(0.5) ? own : []), ...others]).slice(0, 16);
	world.write(side, voter, (composer) => castBallot(composer, poll, must(world.random.pick(CHOICES)), replaces));
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

const cosignSomething: Act = (world, side) => {
	const targets = [
		...side.ofType('hand.count'),
		...side.ofType('poll.close'),
		...side.ofType('text.freeze'),
		...side.ofType('minutes.freeze'),
		...side.ofType('publish'),
	];
	const target = world.random.pick(targets);
	if (!target) return;
	const usual = { 'hand.count': 'count', 'poll.close': 'certify' } as Partial<Record<string, 'count' | 'certify'>>;
	const kind = world.random.chance(0.9) ? (usual[target.type] ?? 'approve') : must(world.random.pick(COSIGN_KINDS));
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
	const folded = world.random.pick([...foldPolls(side, world.blob).values()]);
	if (!folded) return;
	const { random } = world;
	const attendance = random.pick(side.ofType('meeting.attendance'))?.id;
	const now = countNow(side, world.blob, folded, undefined);
	const ids = random.chance(0.7) ? now.ids : random.some([...now.ids, ...idsOf(side.ofType('ballot'))], 0.7);
	const { counts } = now.tally;
	const declared = random.chance(0.8) ? counts : { ...counts, approve: counts.approve + 1 };
	const supersedes = random.chance(0.5) ? folded.closings.at(-1)?.id : undefined;
	const plan = { poll: folded.id, ids, declared, attendance, supersedes };
	const teller = world.people.find(({ member }) => folded.tellers.includes(member));
	if (teller && random.chance(0.3))
		return world.write(side, teller, (composer) => closePoll(composer, undefined, plan));
	world.write(side, world.writers('convener'), (composer) => closePoll(composer, world.writers('convener').as, plan));
};

const minutes: Act = (world, side) => {
	const topic = world.random.pick(side.ofType('topic.open'))?.id;
	if (!topic) return;
	const standing = currentOf(side.ofType('minutes.freeze').filter(({ body }) => body.topic === topic));
	const after = world.random.chance(0.8) ? idsOf(standing) : [];
	byOfficer(world, side, 'secretary', (composer, as) => {
		const blob = composer.blob(frozen(`纪要 ${side.size}`));
		return composer.add('minutes.freeze', { ...cited(as), topic, blob, after });
	});
};

const approve: Act = (world, side) => {
	const freeze = world.random.pick(side.ofType('minutes.freeze'));
	if (!freeze) return;
	const { topic } = freeze.body;
	const considered = idsOf(side.ofType('cosign').filter(({ body }) => body.target === freeze.id));
	const ending = { topic, minutes: freeze.id, considered: world.random.some(considered, 0.9), revs: [] };
	byOfficer(world, side, 'convener', (composer, as) => composer.add('minutes.approve', { ...cited(as), ...ending }));
};

const consensus: Act = (world, side) => {
	const text = world.random.pick(side.ofType('text.freeze'));
	if (!text) return;
	const considered = idsOf(side.ofType('cosign').filter(({ body }) => body.target === text.id));
	const settled = { topic: text.body.topic, text: text.id, considered, revs: [] };
	byOfficer(world, side, 'convener', (composer, as) => composer.add('consensus', { ...cited(as), ...settled }));
};

const publish: Act = (world, side) => {
	const minutes = world.random.pick(side.ofType('minutes.freeze'));
	const close = world.random.pick(side.ofType('poll.close'));
	const text = close && side.find(close.body.poll, 'poll.open')?.body.text;
	if (!minutes || !close || !text) return;
	const after = world.random.chance(0.5) ? idsOf(side.ofType('publish').slice(-1)) : [];
	const body = { topic: minutes.body.topic, close: close.id, minutes: minutes.id, text, mask: 1, after, revs: [] };
	byOfficer(world, side, 'convener', (composer, as) => composer.add('publish', { ...cited(as), ...body }));
};

export const POLL_ACTS: readonly Act[] = [
	...[poll, poll, ...Array<Act>(10).fill(ballot), hands, hands, ...Array<Act>(7).fill(cosignSomething)],
	...[receipt, close, close, minutes, approve, approve, consensus, publish],
];
