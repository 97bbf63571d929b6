import { encodeCbor } from '#core/kernel/cbor.ts';
import type { DeviceKey } from '#core/kernel/ids.ts';
import { toBase64Url } from '#core/kernel/base64url.ts';
import { formatRelayCard, type RelayCard } from '#core/wire/relay-card.ts';
import { carryScreens, faceScreens } from './carry-screens.ts';
import type { Courtyard, ToldCourtyard } from './courtyard.ts';
import { pasteCode } from './face-steps.ts';
import type { Neighbor } from './neighbor.ts';
import { brief, press, screen, untilSigned, type Screen, type Step } from './screen.ts';

/** Without internet: the laptop in the courtyard, whatever is carried, two phones face to face; and phones that change. */
export function courtyardScreens({ courtyard, viewers }: ToldCourtyard, guests: readonly string[]): readonly Screen[] {
	return [
		...reachScreens(courtyard, viewers['in the courtyard']),
		...carryScreens(courtyard),
		...faceScreens(courtyard),
		...phoneScreens(courtyard, guests),
	];
}

/** The laptop and the sign of how far what is written goes: everywhere, as far as the laptop, not beyond this phone. */
function reachScreens({ card, formerly }: Courtyard, near: Neighbor): readonly Screen[] {
	const page = '/app/courtyard';
	const read = (shown: RelayCard): string => formatRelayCard('', shown);
	const inTheCourtyard: Step = async (...here) => {
		near.network.cut();
		await untilSigned('reach_courtyard')(...here);
	};
	const everywhere: Step = async (...here) => {
		near.network.heal();
		await untilSigned('reach_everywhere')(...here);
	};
	return [
		screen('courtyard: never shown a laptop', 'member', page),
		screen('courtyard: laptop not taken on yet', 'member', read(NEW_LAPTOP)),
		screen('courtyard: take the laptop on?', 'convener', read(NEW_LAPTOP)),
		brief('courtyard: another code', 'member', page, ...pasteCode('https://example.org/menu')),
		brief('courtyard: code of a newer program', 'member', `${page}#${NEWER_CARD}`),
		brief('courtyard: code half read', 'member', read(card).slice(0, -9)),
		brief('courtyard: laptop known', 'on their own', read(formerly)),
		brief(
			'courtyard: where it was once',
			'on their own',
			read(formerly),
			press('courtyard_connect'),
			untilNobodyAnswers,
		),
		screen('courtyard: last laptop not reached', 'on their own', page, untilSigned('reach_device')),
		screen('courtyard: connected', 'in the courtyard', page, inTheCourtyard),
		brief('courtyard: connected, read again', 'in the courtyard', read(card), inTheCourtyard),
		brief('courtyard: home', 'in the courtyard', '/app', inTheCourtyard),
		brief('courtyard: both reached', 'in the courtyard', '/app', everywhere),
		screen('courtyard: manual', 'member', `${page}/manual`),
		brief('courtyard: laptops', 'in the courtyard', '/app/roster/relays'),
		brief('courtyard: laptops, seen by a member', 'on their own', '/app/roster/relays'),
	];
}

/** A second phone, one that was lost, and WeChat, which is none. */
function phoneScreens({ answer, story }: Courtyard, guests: readonly string[]): readonly Screen[] {
	const add = '/app/me/devices/add';
	const offer = `device.${story.corner.grid}.${'ab'.repeat(32)}`;
	return [
		brief('phone: use it here', 'stranger', `/join#${offer}`),
		screen('phone: waits for the other', 'second phone', '/app'),
		screen('phone: add this one?', 'on their own', `${add}#${answer}`),
		brief('phone: of another corner', 'on their own', `${add}#${answer.replace(/^.{8}/, '00000000')}`),
		screen('phone: ended', 'lost phone', '/app'),
		screen('phone: in WeChat', 'stranger', `/join#${guests[2]}`, asInWeChat),
		brief('phone: in WeChat, outside', 'stranger', formatRelayCard('', NEW_LAPTOP), asInWeChat),
	];
}

/** That takes longer than anything else on a screen. */
const untilNobodyAnswers: Step = (page) => page.getByRole('main').getByRole('alert').waitFor({ timeout: 20_000 });

const NEW_LAPTOP: RelayCard = {
	relay: 'ab'.repeat(32) as DeviceKey,
	name: '五号院活动室的笔记本电脑',
	fingerprint: 'cd'.repeat(32),
	port: 49_737,
	addresses: ['192.168.31.20'],
	localName: 'corner-5.local',
	pairing: null,
};
const NEWER_CARD = toBase64Url(encodeCbor([2]));

/** As WeChat's own browser says who it is, for this page only. */
const asInWeChat: Step = async (page) => {
	const session = await page.context().newCDPSession(page);
	await session.send('Network.setUserAgentOverride', {
		userAgent: 'Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0',
	});
	await page.reload();
	await page.locator('h1').waitFor();
	await session.detach();
};
