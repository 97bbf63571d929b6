import type { ProxyRefusal } from '#core/polls/proxy-rules.ts';
import type { BallotRefusal } from '#core/polls/rules.ts';
import type { SealRefusal } from '#core/polls/witness-rules.ts';
import type { NotPermitted } from '#core/roster/rules.ts';
import { m } from './paraglide/messages.js';

/** Why something of a vote by units, papers or stations cannot be done. */
export type OwnerRefusal =
	Exclude<ProxyRefusal | SealRefusal, BallotRefusal | NotPermitted> | 'paper-entered-twice' | 'station-unexplained';

export const OWNER_SENTENCES: Readonly<Record<OwnerRefusal, () => string>> = {
	'no-proxies': m.refusal_no_proxies,
	'proxy-to-self': m.refusal_proxy_to_self,
	'proxies-used-up': m.refusal_proxies_used_up,
	'not-a-station': m.refusal_not_a_station,
	'paper-entered-twice': m.refusal_paper_entered_twice,
	'station-unexplained': m.refusal_station_unexplained,
};
