import { slugOf } from '#core/publication/document.ts';
import type { Crowd } from './crowded-now.ts';
import { choose, fill, press, screen, unfoldThat, untilShown, untilWritable, type Screen } from './screen.ts';

/** Whatever grows with a corner, where there is much of it. */
export function crowdedScreens(now: Crowd): readonly Screen[] {
	const meeting = `/app/meetings/${now.meeting}`;
	const vote = `/app/vote/${now.voting.poll}`;
	const leaving = `/app/roster/${now.member}/end`;
	const opening = `/app/topics/${now.owners.planned}/vote/owners`;
	const proxies = `/app/vote/${now.owners.voting}/proxy`;
	const roll = fill('owner_roll', now.owners.roll);
	return [
		screen('many: public list', 'passer-by', '/'),
		screen('many: public outcome', 'passer-by', `/n/${slugOf(now.published)}`),
		screen('many: home of a member', 'busy member', '/app'),
		screen('many: home of a teller', 'busy teller', '/app'),
		screen('many: home of a convener', 'busy convener', '/app'),
		screen('many: topics', 'busy member', '/app/topics'),
		screen('many: topics, to the end', 'busy member', '/app/topics', fill('topic_search', '照明')),
		screen('many: topic, draft', 'busy convener', `/app/topics/${now.draft}`, untilWritable),
		screen('many: meetings', 'busy convener', '/app/meetings'),
		screen('many: convene', 'busy convener', '/app/meetings/new'),
		screen('many: meeting, open', 'busy convener', meeting),
		screen('many: attendance', 'busy convener', `${meeting}/attendance`),
		screen('many: desk, vote open', 'busy convener', `${meeting}/run`),
		screen('many: desk, close?', 'busy convener', `${meeting}/run`, press('poll_close')),
		screen('many: desk, hand count', 'busy teller', `${meeting}/run`, unfoldThat('poll_hands_enter')),
		screen('many: vote', 'busy teller', vote),
		screen('many: result, provisional', 'busy teller', `/app/vote/${now.counting.poll}/result`),
		screen('many: owners, the roll', 'busy convener', opening, choose(0), press('owner_next'), roll),
		screen('many: owners, check', 'busy convener', opening, choose(0), press('owner_next'), roll, press('owner_next')),
		screen('many: proxies', 'busy member', proxies, fill('people_search', '8号楼')),
		screen('many: minutes, to agree to', 'busy member', `/app/topics/${now.recorded}/minutes`),
		screen('many: roster', 'busy convener', '/app/roster'),
		screen('many: newcomers, found', 'busy convener', '/app/roster', fill('people_search_waiting', '8号楼')),
		screen('many: roster, found', 'busy member', '/app/roster', fill('people_search', '8号楼')),
		screen('many: roster, one member', 'busy convener', `/app/roster/${now.member}`),
		screen('many: change a card', 'busy convener', `/app/roster/${now.member}/card`),
		screen('many: end a member', 'busy convener', leaving, untilShown('h1')),
		screen('many: places', 'busy convener', '/app/roster/places'),
	];
}
