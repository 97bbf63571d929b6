import type { DeviceKey } from '#core/kernel/ids.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import { mayAuthor } from '#core/roster/permissions.ts';
import { LIMITS } from './limits.ts';
import { RateMeter } from './rate-meter.ts';

/** An officer who registers a whole building at once writes so much that a member does not. */
const COST_OF_OFFICE = LIMITS.recordsPerMinute / LIMITS.officeRecordsPerMinute;

/**
 * LEDGER 5: how fast the records of one device are taken, whoever brings them. What is too much comes later. What
 * cannot be read is anybody's, and counts as its bringer's.
 */
export class RecordQuota {
	readonly #now: () => number;
	readonly #meters = new Map<DeviceKey, RateMeter>();

	constructor(now: () => number) {
		this.#now = now;
	}

	isSpent(record: HeldRecord, bringer: DeviceKey | undefined): boolean {
		return this.#meterOf(payerOf(record, bringer)).spend(0, this.#now()) > 0;
	}

	/** Of what was accepted only: anybody may show records that somebody else seems to have written. */
	count(record: HeldRecord, bringer: DeviceKey | undefined): void {
		const isOffice = record.type !== 'opaque' && !mayAuthor(record.type, 'member');
		this.#meterOf(payerOf(record, bringer)).spend(isOffice ? COST_OF_OFFICE : 1, this.#now());
	}

	#meterOf(by: DeviceKey): RateMeter {
		const { recordsPerMinute } = LIMITS;
		const meter = this.#meters.get(by) ?? new RateMeter(recordsPerMinute / 60, this.#now(), recordsPerMinute);
		this.#meters.set(by, meter);
		return meter;
	}
}

const payerOf = ({ type, by }: HeldRecord, bringer: DeviceKey | undefined) => (type === 'opaque' ? bringer : by) ?? by;
