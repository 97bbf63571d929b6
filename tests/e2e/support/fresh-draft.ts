import type { Browser } from '@playwright/test';
import { expect } from '@playwright/test';
import type { TopicId } from '#core/kernel/ids.ts';
import fiveStep from '#core/procedures/library/five-step-consultation.json' with { type: 'json' };
import { openTopic } from '#core/topics/acts.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { must } from '../../support/must.ts';
import { apply } from './acts.ts';
import { Neighbor } from './neighbor.ts';
import type { ToldStory } from './told-story.ts';

export interface FreshDraft {
	/** The path of its topic's page. */
	readonly page: string;
	readonly room: string;
	/** Each with the empty draft on screen. */
	readonly neighbors: readonly Neighbor[];
}

/** A new topic whose draft nobody has written in, opened by as many neighbors as there are names. */
export async function openFreshDraft(
	browser: Browser,
	story: ToldStory,
	title: string,
	names: readonly string[],
): Promise<FreshDraft> {
	const topic = bringTopic(story, title);
	await story.offer();
	const page = `/app/topics/${topic}`;
	const neighbors = await Promise.all(names.map((name) => arrive(browser, story, name, page)));
	return { page, neighbors, room: draftRoom(story.corner.grid, 'topic', topic) };
}

function bringTopic({ corner, people }: ToldStory, title: string): TopicId {
	const procedure = { id: fiveStep.id, version: fiveStep.version, json: JSON.stringify(fiveStep) };
	return corner.act(must(people.voters[0]), (composer) =>
		openTopic(composer, { title, source: 'resident', procedure }),
	);
}

async function arrive(browser: Browser, story: ToldStory, name: string, page: string): Promise<Neighbor> {
	const neighbor = await Neighbor.arrive(browser, story.relay, name);
	await apply(neighbor, must(story.guests[2]), '6号楼');
	await expect(neighbor.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
	await neighbor.visit(page);
	await expect(neighbor.page.locator('.ProseMirror[contenteditable="true"]')).toBeVisible();
	return neighbor;
}
