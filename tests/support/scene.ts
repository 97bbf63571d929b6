import type { MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { blobHash, encodeTextBlob } from '#core/ledger/blobs.ts';
import { POLL_SCOPE_TYPES, type BodyByType, type RecordType } from '#core/ledger/registry.ts';
import { invitationMessage, possessionMessage } from '#core/ledger/signatures.ts';
import { addPlace } from '#core/places/acts.ts';
import { giveProxy } from '#core/polls/acts.ts';
import { ruleProfile } from '#core/polls/profiles.ts';
import { addRelay } from '#core/roster/device-acts.ts';
import type { SeededKey } from '../../server/cli/scenario/seeded-key.ts';
import { Council, frozen } from './council.ts';
import { memberCounts } from './member-counts.ts';
import { must } from './must.ts';

/** A council in the middle of its work: something of everything a record can name. */
export class Scene {
	readonly council: Council;
	readonly topic: TopicId;
	readonly text: RecordId;
	readonly meeting: RecordId;
	readonly poll: PollId;
	readonly close: RecordId;
	readonly minutes: RecordId;
	readonly proxy: RecordId;
	readonly invite: { readonly id: RecordId; readonly key: SeededKey };
	readonly courtyard: RecordId;
	readonly relay: { readonly id: RecordId; readonly key: SeededKey };
	/** The `relay.add` of one that nobody needs. */
	readonly spareRelay: RecordId;
	/** The convener's `device.add`. */
	readonly device: RecordId;
	/** The `device.add` of somebody who does nothing here. */
	readonly revoked: RecordId;
	readonly blob = blobHash(encodeTextBlob('一段文字'));

	/** A founder's key; the convener's, or the first of these cofounders', who has no device on the roster. */
	readonly founderKey: SeededKey;

	constructor(cofounders: readonly string[] = []) {
		const council = (this.council = new Council('scene', cofounders));
		const [cofounder] = cofounders;
		this.founderKey = cofounder === undefined ? council.convener.device : council.corner.deviceFor(cofounder);
		this.topic = council.topic();
		this.text = council.freeze(this.topic);
		this.meeting = council.meeting(this.topic, [council.zhao.member]).meeting;
		const stations = [council.sun.member];
		this.poll = council.poll(this.topic, 'R12-all', undefined, this.text, { stations });
		council.vote(council.zhao, this.poll, 'approve');
		this.close = council.close(this.poll);
		this.proxy = council.corner.act(council.zhou, (composer) => giveProxy(composer, council.zhao.member));
		this.minutes = council.corner.act(council.li, (composer) => {
			const [blob, as] = [composer.blob(frozen('同意。')), council.corner.grantOf('secretary', council.li)];
			return composer.add('minutes.freeze', { as: must(as), topic: this.topic, blob, after: [] });
		});
		this.invite = council.corner.invite();
		const { as, convener, corner } = council;
		this.courtyard = corner.act(convener, (composer) => addPlace(composer, as, { kind: 'courtyard', name: '1号院' }));
		const [key, spare] = [corner.deviceFor('院里的中继'), corner.deviceFor('旧的中继')];
		const takeOn = (relay: SeededKey) => {
			const entry = { key: relay.key, name: '院里的中继', fingerprint: new Uint8Array(32) };
			return corner.act(convener, (composer) => addRelay(composer, as, entry));
		};
		this.relay = { id: takeOn(key), key };
		this.spareRelay = takeOn(spare);
		this.device = corner.authorityOf(convener);
		this.revoked = corner.authorityOf(council.zhou);
	}

	/** A plausible body of every type, as this device would write it on behalf of this member. */
	bodies(device: SeededKey, member: MemberId, via: RecordId): BodyByType {
		const newKey = this.council.corner.deviceFor(`另一部 ${device.key}`);
		return { ...this.#rosterBodies(device, newKey, member, via), ...this.#topicBodies(), ...this.#pollBodies(member) };
	}

	scopeOf(type: RecordType): PollId | null {
		return POLL_SCOPE_TYPES.includes(type) ? this.poll : null;
	}

	#rosterBodies(device: SeededKey, newKey: SeededKey, member: MemberId, via: RecordId) {
		const { grid } = this.council.corner;
		const { invite, blob, courtyard } = this;
		const ending = { cuts: [[device.key, null, via] as const], cutList: blob, reason: 'lost' as const };
		const proof = invite.key.sign(invitationMessage(device.key));
		const joinPop = device.sign(possessionMessage(grid, invite.id, device.key));
		const founding = via === grid;
		const added = founding ? device : newKey;
		const pop = added.sign(possessionMessage(grid, via, added.key));
		return {
			genesis: this.#genesis(device),
			invite: { ikey: newKey.key, courtyard, max: 10 },
			join: { key: device.key, pop: joinPop, proof, card: blob },
			'member.add': { card: blob, household: courtyard, courtyard, heads: 1, area: 0 },
			'member.card': { member, card: blob, after: [] },
			'member.home': { member, household: courtyard, courtyard, after: [] },
			'member.end': { target: this.council.zhou.member, ...ending },
			'device.add': { member, key: added.key, via, pop },
			'device.revoke': { target: this.revoked, ...ending },
			'role.grant': { member: this.council.zhou.member, role: 'observer' as const, courtyard },
			'role.end': { target: must(this.council.as), ...ending },
			'relay.add': { key: newKey.key, name: '院里的中继', fingerprint: new Uint8Array(32) },
			'relay.end': { target: this.spareRelay },
			'place.add': { kind: 'building' as const, name: '3号楼', parent: courtyard },
			'place.end': { target: courtyard },
		};
	}

	#genesis(device: SeededKey): BodyByType['genesis'] {
		const nonce = this.council.corner.salt('another genesis');
		return { name: '另一个', kind: 'rural', founders: [device.key], quorum: 1, rules: 1, nonce };
	}

	#topicBodies() {
		const { topic, text, meeting, minutes, blob, close } = this;
		const [after, considered, revs] = [[], [], []];
		const procedure = { id: 'five-step-consultation', version: '1', hash: blob };
		return {
			'topic.open': { title: blob, source: 'resident' as const, procedure },
			'topic.stage': { topic, stage: 'study', considered, after },
			'text.freeze': { topic, blob, snapshot: '00'.repeat(32), after: [text] },
			'meeting.convene': { topics: [topic], time: '2015-10-21T19:00', place: '社区茶亭', after },
			'meeting.open': { meeting },
			'meeting.attendance': { meeting, present: blob, attendance: blob, after },
			'meeting.end': { meeting },
			consensus: { topic, text, considered, dissent: [[this.council.zhao.member, blob]] as const, revs },
			'dissent.reply': { target: text, member: this.council.zhao.member, words: blob },
			'minutes.freeze': { topic, blob, full: blob, after: [minutes] },
			'minutes.approve': { topic, minutes, considered, revs },
			publish: { topic, close, minutes, text, mask: 1, after, revs },
			'publish.correct': { topic, close, minutes, text, mask: 1, reason: '日期写错了', after, revs },
			'publish.withdraw': { topic, reason: '写了电话', after, revs },
		};
	}

	#pollBodies(member: MemberId) {
		const { topic, text, poll, close, blob, proxy } = this;
		const { li, chen } = this.council;
		const { rule } = must(ruleProfile('R13'));
		const declared = memberCounts({ eligible: 7, present: 1, approve: 1, notVoted: 6 });
		const counts = { approve: 1, reject: 0, abstain: 0, spoiled: 0 };
		const frame = { topic, text, question: '行吗？', form: 'motion', rule, roll: blob, n: 7, unit: 'member' } as const;
		const tellers = [li.member, chen.member];
		const options = ['approve', 'reject', 'abstain'] as const;
		const excused = [[member, '停电']] as const;
		return {
			'poll.open': { ...frame, options, tellers, q: 2, stations: [], devices: blob, presentOnly: true, closesAt: 9 },
			'poll.cancel': { poll, reason: 'roll-wrong' as const },
			ballot: { poll, choice: 'approve' as const, replaces: [] },
			'paper.ballot': { poll, voter: member, choice: 'spoiled' as const, replaces: [], serial: '0007' },
			'hand.count': { poll, voters: blob, counts, replaces: [] },
			'poll.close': { poll, list: blob, n: 1, declared, seals: [], without: excused, revs: [], supersedes: close },
			'proxy.give': { to: li.member, topic },
			'proxy.end': { target: proxy },
			seal: { poll, station: member, list: blob, n: 1 },
			objection: { target: close, ballot: close },
			cosign: { target: close, kind: 'certify' as const },
			receipt: { ids: [close] },
		};
	}
}
