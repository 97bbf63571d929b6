import type { GridId } from '#core/kernel/ids.ts';
import type { Arrival } from '#core/roster/device-offer.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

const TITLES: Readonly<Record<Arrival['by'], () => string>> = {
	invitation: m.join_title,
	device: m.people_second_title,
	founding: m.founding_asked_title,
	founded: m.founding_enter_title,
};

export const arrivalTitle = ({ by }: Arrival): string => TITLES[by]();

/** Into which corner somebody comes; nobody knows it before it is founded. */
export function arrivalGrid(arrival: Arrival): GridId | undefined {
	switch (arrival.by) {
		case 'invitation':
			return arrival.invitation.grid;
		case 'device':
			return arrival.offer.grid;
		case 'founded':
			return arrival.founded.grid;
		case 'founding':
			return undefined;
	}
}
