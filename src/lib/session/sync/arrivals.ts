import type { HeldRecord } from '#core/ledger/record.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import type { CornerCopy } from '../corner-copy.ts';

type RecordsMessage = Extract<LedgerMessage, { readonly t: 'records' }>;

/** Messages of records that are judged together, and stored in one transaction. */
export const AT_ONCE = 12;

interface Arrival {
	readonly messages: readonly RecordsMessage[];
	readonly records: Promise<readonly HeldRecord[]>;
}

/** SYNC-2: records on their way in: the signatures of the next are checked while the last are being stored. */
export class Arrivals {
	readonly #copy: Pick<CornerCopy, 'read'>;
	readonly #waiting: RecordsMessage[] = [];
	#reading: Arrival | undefined;

	constructor(copy: Pick<CornerCopy, 'read'>) {
		this.#copy = copy;
	}

	add(message: RecordsMessage): void {
		this.#waiting.push(message);
	}

	/** What came first, several messages of it; undefined where all that came was taken. */
	take(): Arrival | undefined {
		const taken = this.#reading ?? this.#read();
		this.#reading = this.#read();
		return taken;
	}

	#read(): Arrival | undefined {
		const messages = this.#waiting.splice(0, AT_ONCE);
		if (messages.length === 0) return undefined;
		const records = this.#copy.read(messages.flatMap(({ wires }) => wires));
		records.catch(() => {}); // Whoever takes them hears of it.
		return { messages, records };
	}
}
