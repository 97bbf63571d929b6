import type { PollId } from '#core/kernel/ids.ts';

/** How far the records that the relay is sending have come. */
export interface Fetching {
	readonly done: number;
	readonly total: number;
}

/** Fewer are here before anybody could read a number. */
const WORTH_SAYING = 500;

/** NET-3: counts the records of each scope as they come, and says so while many are on their way. */
export class FetchCount {
	readonly #scopes = new Map<PollId | null, Fetching>();
	readonly #changed: (fetching: Fetching | undefined) => void;

	constructor(changed: (fetching: Fetching | undefined) => void) {
		this.#changed = changed;
	}

	/** `rest`: how many more the sender has said it will send of this scope. */
	came(scope: PollId | null, records: number, rest: number): void {
		const done = (this.#scopes.get(scope)?.done ?? 0) + records;
		if (rest > 0) this.#scopes.set(scope, { done, total: done + rest });
		else this.#scopes.delete(scope);
		this.#say();
	}

	/** The connection is gone; the next one counts anew. */
	forget(): void {
		this.#scopes.clear();
		this.#say();
	}

	#say(): void {
		const counts = [...this.#scopes.values()];
		const sum = (name: keyof Fetching) => counts.reduce((all, count) => all + count[name], 0);
		this.#changed(sum('total') < WORTH_SAYING ? undefined : { done: sum('done'), total: sum('total') });
	}
}
