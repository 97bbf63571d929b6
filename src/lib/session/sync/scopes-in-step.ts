import type { PollId } from '#core/kernel/ids.ts';

type Scope = PollId | null;

const ASK_AGAIN_MS = 300;
export const NO_SCOPES: ReadonlySet<Scope> = new Set();

/**
 * PEOPLE-4: which scopes this device and the relay hold alike since the last login. Only the relay's "the same" says
 * so; whatever came or went since it was asked makes it worth asking again.
 */
export class ScopesInStep {
	#alike = NO_SCOPES;
	readonly #asking = new Map<Scope, ReturnType<typeof setTimeout>>();
	readonly #ask: (scope: Scope) => void;
	readonly #changed: (alike: ReadonlySet<Scope>) => void;

	constructor(ask: (scope: Scope) => void, changed: (alike: ReadonlySet<Scope>) => void) {
		this.#ask = ask;
		this.#changed = changed;
	}

	agreed(scope: Scope): void {
		this.#note(new Set([...this.#alike, scope]));
	}

	/** Records of a scope came, or were taken. Later ones come by themselves once it was alike. */
	moved(scope: Scope): void {
		if (this.#alike.has(scope)) return;
		clearTimeout(this.#asking.get(scope));
		this.#asking.set(
			scope,
			setTimeout(() => this.#ask(scope), ASK_AGAIN_MS),
		);
	}

	/** records came from another relay, of whatever scope: this one may lack them. */
	doubt(): void {
		const alike = this.#alike;
		this.#note(NO_SCOPES);
		for (const scope of alike) this.moved(scope);
	}

	/** The connection was lost: from here on the relay may hold what this device has not heard of. */
	forget(): void {
		for (const timer of this.#asking.values()) clearTimeout(timer);
		this.#asking.clear();
		if (this.#alike.size > 0) this.#note(NO_SCOPES);
	}

	#note(alike: ReadonlySet<Scope>): void {
		this.#alike = alike;
		this.#changed(alike);
	}
}
