import { tellElderDayCare, type ElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { openHouse } from '../../../server/cli/scenario/open-house.ts';
import { StoryClient } from '../../../server/cli/scenario/story-client.ts';
import { RelayProcess } from './relay-process.ts';

export interface ToldStory extends ElderDayCare {
	readonly relay: RelayProcess;
	/** Fragments of join links for a convener, a teller who is also secretary, and a member; all are admitted at once. */
	readonly guests: readonly string[];
	/** Sends what was told since. */
	offer(): Promise<void>;
	end(): Promise<void>;
}

/** A real relay that holds the demonstration from beginning to end, as `npm run demo` does. */
export async function tellStoryToRelay(): Promise<ToldStory> {
	const relay = await RelayProcess.start({ FOUNDING: 'open' });
	const story = tellElderDayCare();
	const client = await StoryClient.connect(story.corner, story.corner.founder, `127.0.0.1:${relay.port}`);
	await client.offerAll();
	const guests = await openHouse(story.corner, client);
	return {
		...story,
		relay,
		guests,
		offer: () => client.offerAll(),
		end: async () => {
			client.close();
			await relay.stop();
		},
	};
}
