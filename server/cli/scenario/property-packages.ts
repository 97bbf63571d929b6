import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { addPlace } from '#core/places/acts.ts';
import trialFirst from '#core/procedures/library/trial-first.json' with { type: 'json' };
import { joinSections, section, type RichText } from '#core/proposals/text.ts';
import { openTopic } from '#core/topics/acts.ts';
import { StoryCorner } from './people.ts';
import { enter, freeze } from './steps.ts';

/**
 * 老旧小区物业“先体验后付费”“自主点单” (shared case `old-estate-property-packages`, a report on 堤口路街道, Tianqiao): services
 * that many want are put together in packages, residents choose, try, and pay afterwards. The report names two packages
 * and the trouble with collecting fees. It tells no estate, households, price, length of the trial or votes: households
 * and names here are made up, the others are left open, and the corner's name says 演示.
 */
export interface PropertyPackages {
	readonly corner: StoryCorner;
	readonly topic: TopicId;
	/** Three homes nobody is entered in yet. */
	readonly homes: readonly [RecordId, RecordId, RecordId];
}

export const PACKAGES = ['停车秩序维护', '公共区域卫生保洁'] as const;
const DEMONSTRATION_NAME = '演示·老旧小区议事角';

/** Tells the case until the households are about to choose. All keys come from `seed`. */
export function tellPropertyPackages(seed = 'property-packages'): PropertyPackages {
	const corner = new StoryCorner(DEMONSTRATION_NAME, '刘洁', seed);
	const building = addTo(corner, { kind: 'building', name: '1号楼' });
	const home = (name: string) => addTo(corner, { kind: 'household', name, parent: building });
	const homes = [home('101'), home('102'), home('201')] as const;
	const topic = corner.act(corner.founder, (composer) =>
		openTopic(composer, {
			title: '老旧小区物业自主点单',
			source: 'topic-call',
			procedure: { id: trialFirst.id, version: trialFirst.version, json: JSON.stringify(trialFirst) },
		}),
	);
	enter(corner, topic, 'needs', 7);
	freeze(corner, topic, proposalText());
	enter(corner, topic, 'choosing', 7);
	return { corner, topic, homes };
}

function addTo(corner: StoryCorner, plan: Parameters<typeof addPlace>[2]): RecordId {
	return corner.act(corner.founder, (composer) => addPlace(composer, corner.grantOf('convener'), plan));
}

function proposalText(): RichText {
	return joinSections(
		section('为什么提出', '物业管理费收缴难。大家普遍需要的服务，打包在一起来选。'),
		section(
			'打算怎么办',
			`可以选的服务包：${PACKAGES.join('、')}。各户自主点单，物业按需服务，先体验后付费。`,
			'体验期多长、怎么收费，报道没有写明，这里也不写。',
		),
	);
}
