import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { encodeTextBlob } from '#core/ledger/blobs.ts';
import { cited } from '#core/ledger/composer.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { currentOf } from '#core/ledger/successors.ts';
import { castBallot, closePoll, cosign, countHands, openPoll, signReceipt } from '#core/polls/acts.ts';
import { countNow } from '#core/polls/audit.ts';
import { RULE_PROFILES } from '#core/polls/profiles.ts';
import { CHOICES, COSIGN_KINDS } from '#core/polls/records.ts';
import { Standing } from '#core/validity/standing.ts';
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
		...side.ofType('publish.correct'),
		...side.ofType('publish.withdraw'),
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
	const folded = world.random.pick([...foldPolls(new Standing(side, world.blob)).values()]);
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
	const against = world.people.filter(() => world.random.chance(0.1));
	byOfficer(world, side, 'convener', (composer, as) => {
		const dissent = against.map(({ member }) => [member, composer.blob(frozen(`不同意 ${side.size}`))] as const);
		return composer.add('consensus', {
			...cited(as),
			...{ topic: text.body.topic, text: text.id, considered, dissent, revs: [] },
		});
	});
};

const reply: Act = (world, side) => {
	const settled = world.random.pick(side.ofType('consensus'));
	const member = settled?.body.dissent[0]?.[0] ?? world.people[0]?.member;
	if (!settled || !member) return;
	byOfficer(world, side, 'secretary', (composer, as) =>
		composer.add('dissent.reply', {
			...cited(as),
			...{ target: settled.id, member, words: composer.blob(encodeTextBlob(`答复 ${side.size}`)) },
		}),
	);
};

/** Of one topic or, seldom, of another. */
function earlier(world: GeneratedLedger, side: Ledger, topic: TopicId): readonly RecordId[] {
	const all = [...side.ofType('publish'), ...side.ofType('publish.correct'), ...side.ofType('publish.withdraw')];
	const near = world.random.chance(0.9) ? all.filter(({ body }) => body.topic === topic) : all;
	return idsOf(world.random.some(near, 0.6)).slice(0, 16);
}

/** A publication, or a correction of earlier ones. */
const publish: Act = (world, side) => {
	const minutes = world.random.pick(side.ofType('minutes.freeze'));
	const close = world.random.pick(side.ofType('poll.close'));
	const text = close && side.find(close.body.poll, 'poll.open')?.body.text;
	if (!minutes || !close || !text) return;
	const { topic } = minutes.body;
	const after = earlier(world, side, topic);
	const body = { topic, close: close.id, minutes: minutes.id, text, mask: 1, after, revs: [] };
	const corrects = world.random.chance(0.5);
	byOfficer(world, side, 'convener', (composer, as) =>
		corrects
			? composer.add('publish.correct', { ...cited(as), ...body, reason: '日期写错了' })
			: composer.add('publish', { ...cited(as), ...body }),
	);
};

const withdraw: Act = (world, side) => {
	const published = world.random.pick(side.ofType('publish'));
	if (!published) return;
	const { topic } = published.body;
	const after = earlier(world, side, topic);
	byOfficer(world, side, 'convener', (composer, as) =>
		composer.add('publish.withdraw', { ...cited(as), topic, reason: '写了电话', after, revs: [] }),
	);
};

export const POLL_ACTS: readonly Act[] = [
	...[poll, poll, ...Array<Act>(10).fill(ballot), hands, hands, ...Array<Act>(7).fill(cosignSomething)],
	...[receipt, close, close, minutes, approve, approve, consensus, reply, publish, publish, withdraw],
];
