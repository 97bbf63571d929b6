import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import type { Composer } from '#core/ledger/composer.ts';
import { cosign } from '#core/polls/acts.ts';
import fiveStep from '#core/procedures/library/five-step-consultation.json' with { type: 'json' };
import { freezeProposal } from '#core/proposals/acts.ts';
import { freezeText, joinSections, section } from '#core/proposals/text.ts';
import { enterStep, openTopic } from '#core/topics/acts.ts';
import type { ElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import type { Person, StoryCorner } from '../../../server/cli/scenario/people.ts';
import { topicOf } from '../../../server/cli/scenario/steps.ts';

const STEPS = fiveStep.steps.map(({ id }) => id);
export const CONSULTATION = STEPS.indexOf('consultation');

export type Section = ReturnType<typeof section>;
export type Told = Pick<ElderDayCare, 'corner' | 'people'>;
export interface Frozen {
	readonly topic: TopicId;
	readonly text: RecordId;
}

/** What a story's convener, tellers and voters write down and agree to, until there is a text to decide on. */
export class WrittenChronicle {
	readonly corner: StoryCorner;
	readonly people: ElderDayCare['people'];

	constructor({ corner, people }: Told) {
		this.corner = corner;
		this.people = people;
		corner.at = Date.now();
	}

	propose(title: string): TopicId {
		const procedure = { id: fiveStep.id, version: fiveStep.version, json: JSON.stringify(fiveStep) };
		const topic = this.corner.act(this.people.tellerTwo, (composer) =>
			openTopic(composer, { title, source: 'resident', procedure }),
		);
		this.advance(topic, 1, CONSULTATION);
		return topic;
	}

	freeze(title: string): Frozen {
		const topic = this.propose(title);
		const why = section('为什么提出', '不少邻居反映过这件事，社区也来看过现场。');
		const how = section('打算怎么办', `${title}。费用从公共收益里出，先试行三个月，再由居民议事会看效果。`);
		const text = this.asConvener((composer, as) =>
			freezeProposal(composer, as, topicOf(this.corner, topic), frozen(why, how), '00'.repeat(32)),
		);
		return { topic, text };
	}

	approve(person: Person, target: RecordId): RecordId {
		return this.corner.act(person, (composer) => cosign(composer, undefined, target, 'approve'));
	}

	asConvener<T>(compose: (composer: Composer, as: RecordId | undefined) => T): T {
		const { convener } = this.people;
		return this.corner.act(convener, (composer) => compose(composer, this.corner.grantOf('convener')));
	}

	advance(topic: TopicId, from: number, to: number): void {
		for (const step of STEPS.slice(from, to + 1))
			this.asConvener((composer, as) => enterStep(composer, as, topicOf(this.corner, topic), step, []));
	}
}

export function frozen(...sections: readonly Section[]): Uint8Array {
	const bytes = freezeText(joinSections(...sections));
	if (!bytes.ok) throw new Error('The story holds a text that cannot be frozen');
	return bytes.value;
}
