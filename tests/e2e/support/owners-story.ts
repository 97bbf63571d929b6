import { gzipSync } from 'node:zlib';
import { encodeCarriedFile, type CarriedFile } from '#core/bundle/carried-file.ts';
import type { MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { castBallot } from '#core/polls/casting.ts';
import { giveProxy } from '#core/polls/acts.ts';
import type { Choice } from '#core/polls/records.ts';
import type { Poll } from '#core/polls/state.ts';
import fiveStep from '#core/procedures/library/five-step-consultation.json' with { type: 'json' };
import { joinSections, section } from '#core/proposals/text.ts';
import { addWithoutDevice } from '#core/roster/acts.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import { openTopic } from '#core/topics/acts.ts';
import { StoryCorner } from '../../../server/cli/scenario/people.ts';
import { enter, freeze } from '../../../server/cli/scenario/steps.ts';
import { must } from '../../support/must.ts';
import { welcomeMany, type Phone } from '../../support/welcome-many.ts';
import { closeOwnersVote } from './close-owners-vote.ts';
import { memberCalled, nameOf } from './member-called.ts';

const UNSOLD = 40;
const WITH_PHONE = 254;
const DEVELOPER = '海晟置业';
const WITHOUT_PHONE = '马大爷';
const QUESTION = '外墙保温改造';

/** 254 owners with phones, one without, and a developer who still has 40 flats, before anybody opens a browser. */
export class OwnersStory {
	readonly corner = new StoryCorner('演示·金域花园', '王芳', 'owners', Date.now());
	readonly topic: TopicId;
	readonly #phones: readonly Phone[];

	constructor() {
		const { corner } = this;
		const residents = Array.from({ length: WITH_PHONE }, (_, index) => ({
			name: residentName(index),
			building: '2号楼',
		}));
		this.#phones = welcomeMany(corner, residents);
		for (const name of [WITHOUT_PHONE, DEVELOPER]) {
			const card = { name, building: '1号楼' };
			corner.act(corner.founder, (composer) =>
				addWithoutDevice(composer, corner.grantOf('convener'), card, corner.salt(name)),
			);
		}
		const procedure = { id: fiveStep.id, version: fiveStep.version, json: JSON.stringify(fiveStep) };
		this.topic = corner.act(corner.founder, (composer) =>
			openTopic(composer, { title: QUESTION, source: 'resident', procedure }),
		);
		for (const step of ['study', 'consultation']) enter(corner, this.topic, step, 0);
		freeze(corner, this.topic, joinSections(section('打算怎么办', '六栋楼的外墙加做保温层，费用从维修资金里出。')));
	}

	/** 300 flats, a line each. The first owner has three of them; `others` have one each. */
	rollLines(others: readonly string[]): string {
		const flat = (owner: string, index: number) =>
			`${1 + Math.floor(index / 100)}-${101 + (index % 100)}, 88.5, ${owner}`;
		const owners = [
			...[residentName(0), residentName(0)],
			...Array.from({ length: WITH_PHONE }, (_, index) => residentName(index)),
			...[WITHOUT_PHONE, ...others, ...Array<string>(UNSOLD).fill(DEVELOPER)],
		];
		return owners.map(flat).join('\n');
	}

	/** The first flat of somebody, as it stands on the roll. */
	flatOf(owner: 'without-phone' | 'developer', others: readonly string[]): string {
		const name = owner === 'developer' ? DEVELOPER : WITHOUT_PHONE;
		const line = must(
			this.rollLines(others)
				.split('\n')
				.find((one) => one.endsWith(name)),
		);
		return must(line.split(',')[0]);
	}

	/** The poll, once a browser has opened it and its roll has come here. */
	get poll(): Poll | undefined {
		return [...this.corner.state.polls.values()].find(({ roll }) => roll !== undefined);
	}

	/** Ballots from phones `from` to `until`, all but every tenth for it. */
	vote(poll: PollId, from: number, until: number): readonly RecordId[] {
		const choice = (index: number): Choice => (index % 10 === 9 ? 'reject' : 'approve');
		return this.#phones
			.slice(from, until)
			.map(({ device, auth }, index) =>
				this.corner.actUnder(device, auth, (composer) => castBallot(composer, poll, choice(index), [])),
			);
	}

	giveProxy(index: number, to: MemberId, poll: PollId): void {
		const { device, auth } = must(this.#phones[index]);
		this.corner.actUnder(device, auth, (composer) => giveProxy(composer, to, { poll }));
	}

	/** One owner votes for another, without a browser. */
	voteByProxy(poll: PollId, holder: number, giver: number): void {
		const [mine, other] = [must(this.#phones[holder]), must(this.#phones[giver])];
		const [to, voter] = [this.#memberOf(mine), this.#memberOf(other)];
		const proxy = this.corner.actUnder(other.device, other.auth, (composer) => giveProxy(composer, to, { poll }));
		const wish = { choice: 'approve', byProxy: { voter, proxy } } as const;
		this.corner.actUnder(mine.device, mine.auth, (composer) => castBallot(composer, poll, wish, []));
	}

	/** What is carried to a station: the structure, and the ballots that were handed in there. */
	carried(ballots: readonly RecordId[]): Buffer {
		const { grid, records, blobs } = this.corner;
		const taken = records.filter(({ id, scope }) => scope === null || ballots.includes(id));
		return gzipSync(encodeCarriedFile({ grid, records: taken, blobs: [...blobs.values()], drafts: [] }));
	}

	/** Takes in what a browser has saved, as if by its own device. */
	takeIn({ records, blobs }: CarriedFile): void {
		const { corner } = this;
		for (const record of records) if (!corner.ledger.has(record.id)) corner.ledger.add(record);
		for (const bytes of blobs) corner.blobs.set(blobHash(bytes), bytes);
	}

	/** Closed with everything that is held, and both seals, but without one sealed ballot. */
	closeWithout(omitted: RecordId): void {
		closeOwnersVote(this.corner, must(this.poll), { omitted: [omitted] });
	}

	/** What a member cast, by name. */
	ballotOf(name: string): RecordId {
		const { corner } = this;
		const cast = corner.ledger.ofType('ballot').find(({ auth }) => {
			const added = corner.ledger.find(auth ?? undefined, 'device.add');
			return added !== undefined && nameOf(corner, added.body.member) === name;
		});
		return must(cast).id;
	}

	memberCalled(name: string): MemberId {
		return must(memberCalled(this.corner, name));
	}

	#memberOf({ device }: Phone): MemberId {
		return must(deviceOf(this.corner.roster, device.key)).member;
	}
}

const residentName = (index: number): string => `住户${String(index + 1).padStart(3, '0')}`;
