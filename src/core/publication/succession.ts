import type { RecordId } from '../kernel/ids.ts';

/** A record about the publication of one topic, and those of the same topic it follows. */
export interface Link {
	readonly id: RecordId;
	readonly after: readonly RecordId[];
	readonly stands: boolean;
	readonly withdraws: boolean;
}

export interface Succession {
	isCurrent(link: Link): boolean;
	/** The withdrawal that hides a publication; of several the last in the order of `links`. */
	hiddenBy(link: Link): RecordId | undefined;
}

/**
 * PUB-8, PUB-9: of the records of one topic, in display order, which ones hold now. What waits for a teller replaces
 * nothing that is public; among those that wait a later edition replaces the one it names.
 */
export function successionOf(links: readonly Link[]): Succession {
	const named = (by: readonly Link[]) => new Set(by.flatMap(({ after }) => after));
	const namedByStanding = named(links.filter(({ stands }) => stands));
	const namedByEdition = named(links.filter(({ withdraws }) => !withdraws));
	const isCurrent = ({ id, stands }: Link) => !namedByStanding.has(id) && (stands || !namedByEdition.has(id));
	const byId = new Map(links.map((link) => [link.id, link]));
	const withdrawals = links.filter((link) => link.withdraws && link.stands && isCurrent(link)).reverse();
	const hiddenBy = (link: Link) => {
		const line = lineOf(link, byId);
		return withdrawals.find(({ after }) => after.some((id) => line.has(id)))?.id;
	};
	return { isCurrent, hiddenBy };
}

/** The record and all it follows: a correction beside a withdrawal is hidden with what both name. */
function lineOf(link: Link, byId: ReadonlyMap<RecordId, Link>): ReadonlySet<RecordId> {
	const line = new Set<RecordId>();
	const pending = [link.id];
	for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
		if (line.has(id)) continue;
		line.add(id);
		pending.push(...(byId.get(id)?.after ?? []));
	}
	return line;
}
