import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { encodeTextBlob } from '#core/ledger/blobs.ts';
import { cited } from '#core/ledger/composer.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { currentOf } from '#core/ledger/successors.ts';
import { frozen } from './council.ts';
import { byOfficer, type Act } from './generated-acts.ts';
import type { GeneratedLedger } from './ledger-generator.ts';

const idsOf = (records: readonly LedgerRecord[]): readonly RecordId[] => records.map(({ id }) => id);

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

export const OUTCOME_ACTS: readonly Act[] = [minutes, approve, approve, consensus, reply, publish, publish, withdraw];
