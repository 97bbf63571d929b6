import type { DeviceKey } from '#core/kernel/ids.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { mayAuthor } from '#core/roster/permissions.ts';
import { LIMITS } from './limits.ts';
import { RateMeter } from './rate-meter.ts';

/** An officer who registers a whole building at once writes so much that a member does not. */
const COST_OF_OFFICE = LIMITS.recordsPerMinute / LIMITS.officeRecordsPerMinute;

/** LEDGER 5: how fast the records of one device are taken, whoever brings them. What is too much comes later. */
export class RecordQuota {
	readonly #now: () => number;
	readonly #meters = new Map<DeviceKey, RateMeter>();

	constructor(now: () => number) {
		this.#now = now;
	}

	isSpent({ by }: LedgerRecord): boolean {
		return this.#meterOf(by).spend(0, this.#now()) > 0;
	}

	/** Of what was accepted only: anybody may show records that somebody else seems to have written. */
	count({ by, type }: LedgerRecord): void {
		this.#meterOf(by).spend(mayAuthor(type, 'member') ? 1 : COST_OF_OFFICE, this.#now());
	}

	#meterOf(by: DeviceKey): RateMeter {
		const { recordsPerMinute } = LIMITS;
		const meter = this.#meters.get(by) ?? new RateMeter(recordsPerMinute / 60, this.#now(), recordsPerMinute);
		this.#meters.set(by, meter);
		return meter;
	}
}
