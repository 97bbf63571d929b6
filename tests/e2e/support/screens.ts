import { slugOf } from '#core/publication/document.ts';
import { choiceScreens } from './choice-screens.ts';
import { recount, recountWithoutTellers } from './recounting.ts';
import { ownerScreens } from './owner-screens.ts';
import {
	brief,
	choose,
	fill,
	openFirstRow,
	press,
	pressIfThere,
	screen,
	unfold,
	unfoldFirst,
	unfoldThat,
	untilShown,
	untilWritable,
	writeSomething,
	type Screen,
} from './screen.ts';
import type { ToldStory } from './told-story.ts';
import type { ViewedStates } from './viewers.ts';

/** Every screen in every state that somebody meets. */
export function allScreens(
	{ topic: told, poll: toldPoll, people, ...story }: ToldStory,
	now: ViewedStates,
): readonly Screen[] {
	const topic = (id: string): string => `/app/topics/${id}`;
	const vote = (id: string): string => `/app/vote/${id}`;
	const meeting = (id: string): string => `/app/meetings/${id}`;
	const ended = [...story.corner.state.meetings.values()].find(({ status }) => status === 'ended')?.id ?? '';
	const found = `/app/found#${story.relay.foundingCode}`;
	const corner = [fill('found_name', '翡翠郡议事角'), press('step_next')];
	const founder = [fill('card_name', '王芳'), fill('card_building', '1号楼'), press('step_next')];
	const title = [fill('topic_new_title', '楼下的路灯晚上不亮'), press('topic_new_next')];
	const source = [choose(0), press('topic_new_next')];
	const plan = [fill('meeting_date', '2026-12-12'), fill('meeting_place', '社区茶亭'), press('meeting_check')];
	const leaving = `/app/roster/${people.tellerTwo.member}/end`;
	const minutes = [untilWritable, pressIfThere('minutes_fill')];

	return [
		screen('outside', 'stranger', '/app'),
		screen('come back', 'stranger', '/app/back'),
		screen('join', 'stranger', `/join#${story.guests[2]}`),
		screen('join with a cut link', 'stranger', '/join#k'),
		screen('waiting for admission', 'newcomer', '/app'),
		screen('found: corner', 'stranger', found),
		screen('found: you', 'stranger', found, ...corner),
		screen('found: together', 'stranger', found, ...corner, ...founder),
		screen('found: ask', 'stranger', found, ...corner, ...founder, press('founding_ask')),
		screen('found: check', 'stranger', found, ...corner, ...founder, press('step_next_check')),
		screen('asked to found', 'stranger', `/join#cofounder.${'ab'.repeat(16)}`),
		screen('founded, come in', 'stranger', `/join#founded.${'ab'.repeat(16)}.${'00'.repeat(32)}`),
		screen('public list', 'stranger', '/'),
		screen('public outcome', 'stranger', `/n/${slugOf(told)}`),
		screen('public outcome, corrected', 'stranger', `/n/${slugOf(now.corrected)}`),
		screen('public outcome, withdrawn', 'stranger', `/n/${slugOf(now.withdrawn)}`),
		screen('public page that is not there', 'stranger', '/n/aaaaaaaaaa'),
		screen('recount an outcome', 'stranger', '/verify'),
		screen('recount: verified', 'stranger', '/verify', recount(slugOf(told)), untilShown('main h2')),
		brief(
			'recount: not verified',
			'stranger',
			'/verify',
			recountWithoutTellers(slugOf(told)),
			untilShown('main [role=alert]'),
		),
		screen('recount: no such file', 'stranger', '/verify', recount('aaaaaaaaaa'), untilShown('main [role=alert]')),

		screen('home of a new corner', 'founder', '/app'),
		screen('home of a member', 'member', '/app'),
		screen('home of a teller', 'teller', '/app'),
		screen('home of a convener', 'convener', '/app'),

		screen('topics, none yet', 'founder', '/app/topics'),
		screen('topics', 'member', '/app/topics'),
		screen('propose: what', 'member', '/app/topics/new'),
		screen('propose: who', 'member', '/app/topics/new', ...title),
		screen('propose: how', 'member', '/app/topics/new', ...title, ...source),
		screen('propose: check', 'member', '/app/topics/new', ...title, ...source, press('topic_new_next')),
		screen('topic, draft', 'convener', topic(now.writing), untilWritable, writeSomething),
		screen('topic, final?', 'convener', topic(now.writing), untilWritable, writeSomething, press('topic_freeze')),
		screen('topic, earlier versions', 'convener', `${topic(now.writing)}/versions`),
		screen('topic, one earlier version', 'convener', `${topic(now.writing)}/versions`, openFirstRow),
		screen('topic, draft, by a member', 'member', topic(now.writing), untilWritable),
		screen('topic, frozen', 'convener', topic(now.planned.topic)),
		screen('topic, being voted on', 'teller', topic(now.voting.topic)),
		screen('topic, decided', 'convener', topic(now.decided.topic)),
		screen('topic, not passed', 'convener', topic(now.rejected.topic)),
		screen('topic, published', 'member', topic(told)),
		screen('topic that is not there', 'member', topic('00'.repeat(32))),
		screen('vote without a meeting: open', 'convener', `${topic(now.planned.topic)}/vote`),
		screen('vote without a meeting: desk', 'convener', `${topic(now.remote.topic)}/vote`),
		screen('publish: checklist', 'convener', `${topic(now.decided.topic)}/publish`),
		screen('publish: ready', 'convener', `${topic(now.ready)}/publish`),
		screen('publish: sure?', 'convener', `${topic(now.ready)}/publish`, press('topic_publish_do')),
		screen('publish: second', 'teller', `${topic(now.seconding)}/publish`),
		screen('publish: waiting for a second', 'convener', `${topic(now.seconding)}/publish`),
		screen('publish: public', 'convener', `${topic(told)}/publish`),
		screen('publish: correct', 'convener', `${topic(now.corrected)}/publish`, unfoldFirst),
		screen('publish: withdraw', 'convener', `${topic(now.corrected)}/publish`, unfold),
		screen('publish: withdrawn, with a warning', 'convener', `${topic(now.withdrawn)}/publish`),
		screen('consensus: proposed?', 'convener', `${topic(now.planned.topic)}/consensus`),
		screen('consensus: asked', 'member', `${topic(now.agreeing)}/consensus`),
		screen('consensus: dissent', 'convener', `${topic(now.agreeing)}/consensus`),
		screen('consensus: settled', 'convener', `${topic(now.settled)}/consensus`),
		screen('topic, heard without a vote', 'member', topic(now.agreeing)),

		screen('meetings, none yet', 'founder', '/app/meetings'),
		screen('meetings', 'convener', '/app/meetings'),
		screen('convene', 'convener', `/app/meetings/new?topic=${now.planned.topic}`),
		screen('convene: check', 'convener', `/app/meetings/new?topic=${now.planned.topic}`, ...plan),
		screen('meeting, planned', 'convener', meeting(now.planned.meeting)),
		screen('meeting, open', 'convener', meeting(now.meeting)),
		screen('meeting, end?', 'convener', meeting(now.meeting), press('meeting_end')),
		screen('meeting, ended', 'member', meeting(ended)),
		screen('attendance', 'convener', `${meeting(now.meeting)}/attendance`),
		screen('desk, vote to open', 'convener', `${meeting(now.planned.meeting)}/run`),
		screen('desk, vote open', 'convener', `${meeting(now.meeting)}/run`),
		screen('desk, close?', 'convener', `${meeting(now.meeting)}/run`, press('poll_close')),
		screen(
			'desk, hand count',
			'teller',
			`${meeting(now.meeting)}/run`,
			pressIfThere('meeting_desk_before'),
			unfoldThat('poll_hands_enter'),
		),
		screen('desk, vote closed', 'teller', `${meeting(now.meeting)}/run`, press('meeting_desk_next')),

		screen('vote', 'teller', vote(now.voting.poll)),
		screen('vote: check', 'teller', vote(now.voting.poll), choose(1), press('poll_next_check')),
		screen('vote: receipt', 'member', vote(now.remote.poll)),
		screen('vote with a deadline', 'teller', vote(now.remote.poll)),
		screen('vote, closed', 'member', vote(now.counting.poll)),
		screen('vote that is not there', 'member', vote('00'.repeat(32))),
		...choiceScreens(now.choices, now.planned.topic),
		...ownerScreens(now.owners, now.presided, now.planned.topic),
		screen('result, provisional', 'teller', `${vote(now.counting.poll)}/result`),
		screen('result, passed', 'member', `${vote(toldPoll)}/result`),
		screen('result, not passed', 'member', `${vote(now.rejected.poll)}/result`),

		screen('minutes, draft', 'teller', `${topic(now.decided.topic)}/minutes`, ...minutes),
		screen('minutes, final?', 'teller', `${topic(now.decided.topic)}/minutes`, ...minutes, press('minutes_freeze')),
		screen('minutes, to agree to', 'member', `${topic(now.recorded)}/minutes`),
		screen('minutes, to approve', 'convener', `${topic(now.recorded)}/minutes`),
		screen('minutes, approved', 'member', `${topic(told)}/minutes`),

		screen('roster', 'convener', '/app/roster'),
		screen('founders to come in', 'convener', '/app/roster/founders'),
		screen('roster, seen by a member', 'member', '/app/roster'),
		screen('roster, one member', 'convener', `/app/roster/${people.tellerTwo.member}`),
		screen('add without a phone', 'convener', '/app/roster/add'),
		screen('change a card', 'convener', `/app/roster/${people.tellerTwo.member}/card`),
		screen('end a member: why', 'convener', leaving),
		screen('end a member: what it undoes', 'convener', leaving, choose(0), press('step_next'), untilShown('h2')),
		screen('end a member: from when', 'convener', leaving, choose(3), press('step_next'), untilShown('[name=from]')),
		screen('places', 'convener', '/app/roster/places'),
		screen('add a place', 'convener', '/app/roster/places', press('places_add')),
		screen('servers', 'convener', '/app/roster/relays'),
		screen('my phones', 'member', '/app/me/devices'),
		screen('add my phone', 'member', '/app/me/devices/add'),
		screen('what lost its weight', 'member', '/app/me/lost'),
		screen('join by code', 'stranger', '/join'),
		screen('invite', 'convener', '/app/roster/invite'),
		screen('invitation', 'founder', '/app/roster/invite', pressIfThere('invite_go'), untilShown('main img')),
		screen('me', 'member', '/app/me'),
		screen('me: who may do what', 'member', '/app/me/rights'),
		screen('me: file', 'member', '/app/me/file'),
		screen('me: nothing to carry', 'member', '/app/me/file/codes'),
		screen('me: scan', 'member', '/app/me/file/scan'),
		screen('me: storage', 'member', '/app/me/storage'),
		screen('me: corners', 'member', '/app/me/corners'),
		screen('me: take off?', 'member', '/app/me/corners', press('device_leave_do')),
	];
}
