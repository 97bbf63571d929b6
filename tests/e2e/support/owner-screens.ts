import type { MeetingId, TopicId } from '#core/kernel/ids.ts';
import type { OwnerStates } from './owner-states.ts';
import {
	brief,
	choose,
	confirm,
	fill,
	pick,
	press,
	screen,
	unfoldThat,
	untilOffered,
	untilShown,
	type Screen,
	type Step,
} from './screen.ts';
import type { Voted } from './voted-chronicle.ts';

/** A vote of the owners, from its opening to the closing that stands, and a meeting that a member presides over. */
export function ownerScreens(now: OwnerStates, presided: MeetingId, planned: TopicId): readonly Screen[] {
	const vote = ({ poll }: Voted): string => `/app/vote/${poll}`;
	const result = (voted: Voted): string => `${vote(voted)}/result`;
	const proxy = `${vote(now.voting)}/proxy`;
	const opening = `/app/topics/${planned}/vote/owners`;
	const meeting = `/app/meetings/${presided}`;
	const rule = [choose(0), press('owner_next')];
	const station = [pick('owner_stations_choose', 2), press('owner_add_station')];
	const wish = [unfoldIfThere, choose(0), press('owner_proxy_next')];
	const roll = [...rule, fill('owner_roll', ROLL), press('owner_next')];
	return [
		screen('owners: open, the rule', 'convener', opening, pick('owner_silent', 1)),
		brief('owners: open, something is missing', 'convener', opening, press('owner_next')),
		screen('owners: open, the roll', 'convener', opening, ...rule, fill('owner_roll', ROLL)),
		brief('owners: open, a faulty roll', 'convener', opening, ...rule, fill('owner_roll', FAULTY_ROLL)),
		screen('owners: open, check', 'convener', opening, ...roll, ...station),
		brief('owners: open, station not added', 'convener', opening, ...roll, pick('owner_stations_choose', 2)),
		screen('owners: vote', 'member', vote(now.voting)),
		brief('owners: vote, check', 'member', vote(now.voting), choose(0), press('poll_next_check')),
		screen('owners: proxies', 'member', proxy),
		brief('owners: proxies, nothing chosen', 'member', proxy, unfoldIfThere, press('owner_proxy_next')),
		brief('owners: proxies, check', 'member', proxy, ...wish),
		brief('owners: proxies, voted', 'member', proxy, ...wish, confirm('owner_proxy_submit'), untilFolded),
		brief('owners: proxies, given', 'teller', proxy, giveUnlessGiven),
		screen('owners: papers', 'teller', result(now.voting), papers),
		brief('owners: papers, first entry', 'teller', result(now.voting), papers, ...paper('0003')),
		brief('owners: papers, entries differ', 'teller', result(now.voting), papers, ...paper('0002')),
		brief('owners: stations, seal?', 'teller', result(now.voting), press('owner_seal_here')),
		screen('owners: stations, countersign', 'member', result(now.voting)),
		screen('owners: desk', 'convener', result(now.voting)),
		screen('owners: close?', 'convener', result(now.voting), press('poll_close')),
		screen('owners: result with a defect', 'convener', result(now.defective)),
		brief('owners: result with a defect, count anew?', 'convener', result(now.defective), press('poll_correct')),
		brief('owners: result with a defect, by a teller', 'teller', result(now.defective)),
		screen('owners: not listed', 'member', result(now.defective), untilOffered('owner_object')),
		brief('owners: not listed, object?', 'member', result(now.defective), press('owner_object')),
		brief('owners: not listed, receipt', 'member', vote(now.defective)),
		screen('owners: result after a correction', 'member', result(now.corrected)),
		screen('meeting, by its chair', 'member', meeting),
		brief('meeting, desk of its chair', 'member', `${meeting}/run`),
	];
}

const ROLL = ['1-101, 88.50, 王芳', '1-102, 92.30, 李建国、陈玉梅', '1-103, 88.50, 王芳', '1-104, 120, 马大爷'].join(
	'\n',
);
const FAULTY_ROLL = [
	ROLL,
	'1-105, 88.5',
	'1-106, 不详, 王芳',
	'1-101, 88.50, 周明',
	'2-101, 88.50, 海晟置业',
	...'12345',
].join('\n');

const papers = unfoldThat('owner_paper_enter');
const paper = (serial: string): readonly Step[] => [
	fill('owner_paper_serial', serial),
	fill('owner_paper_unit', '1-101'),
	choose(1),
	press('owner_paper_save'),
	untilShown('[aria-live] .notice'),
];

/** The second time the vote is already cast, and can be changed. */
const unfoldIfThere: Step = async (page) => {
	const fold = page.getByRole('main').locator('details:not([open]) > summary');
	if ((await fold.count()) > 0) await fold.first().click();
};
const untilFolded = untilShown('main details:not([open])');

/** The second time it is already given. */
const giveUnlessGiven: Step = async (page, words) => {
	const to = page.getByLabel(words('owner_proxy_to'), { exact: true });
	if ((await to.count()) > 0) {
		await to.selectOption({ index: 1 });
		await press('owner_proxy_give')(page, words);
	}
	await page.getByRole('button', { name: words('owner_proxy_take_back') }).waitFor();
};
