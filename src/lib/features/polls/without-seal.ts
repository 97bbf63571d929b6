import type { MemberId } from '#core/kernel/ids.ts';
import type { Station } from '#lib/session/acts/seals.ts';
import type { WithoutSeal } from '#lib/session/acts/polls.ts';

type Reasons = Readonly<Record<MemberId, string>>;

/** The reasons given for the stations that have no seal. */
export function withoutSeal(stations: readonly Station[], reasons: Reasons): WithoutSeal {
	const told = unsealed(stations).map((station) => [station, reasons[station]?.trim() ?? ''] as const);
	return told.filter(([, reason]) => reason !== '');
}

export const lacksReason = (stations: readonly Station[], reasons: Reasons): boolean =>
	withoutSeal(stations, reasons).length < unsealed(stations).length;

const unsealed = (stations: readonly Station[]): readonly MemberId[] =>
	stations.filter(({ sealed }) => !sealed).map(({ witness }) => witness);
