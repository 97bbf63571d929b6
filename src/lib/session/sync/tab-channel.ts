import type { GridId, PollId } from '#core/kernel/ids.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';
import type { RelayPlace } from './relay-place.ts';
import { NO_SCOPES } from './scopes-in-step.ts';

type TabMessage =
	| { readonly t: 'status'; readonly at: RelayPlace; readonly status: TrunkStatus }
	| { readonly t: 'follow'; readonly scopes: readonly PollId[] }
	| { readonly t: 'in-step'; readonly scopes: ReadonlySet<PollId | null> }
	| { readonly t: 'courtyard'; readonly card: RelayCard }
	| { readonly t: 'reconnect' }
	| { readonly t: 'ask' };

export interface TabEvents {
	status(at: RelayPlace, status: TrunkStatus): void;
	follow(scopes: readonly PollId[]): void;
	inStep(scopes: ReadonlySet<PollId | null>): void;
	courtyard(card: RelayCard): void;
	reconnect(): void;
}

/** The tabs of one device tell each other what IndexedDB does not: the leader's connection, and what to fetch. */
export class TabChannel {
	readonly #channel: BroadcastChannel;
	readonly #statuses = new Map<RelayPlace, TrunkStatus>();
	#inStep = NO_SCOPES;

	constructor(grid: GridId, events: TabEvents) {
		this.#channel = new BroadcastChannel(`council-corner:${grid}`);
		this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => this.#receive(data, events);
		this.#post({ t: 'ask' });
	}

	/** Called by the leader only. */
	status(at: RelayPlace, status: TrunkStatus): void {
		this.#statuses.set(at, status);
		this.#post({ t: 'status', at, status });
	}

	/** Called by the leader only. */
	inStep(scopes: ReadonlySet<PollId | null>): void {
		this.#inStep = scopes;
		this.#post({ t: 'in-step', scopes });
	}

	follow(scopes: readonly PollId[]): void {
		this.#post({ t: 'follow', scopes });
	}

	courtyard(card: RelayCard): void {
		this.#post({ t: 'courtyard', card });
	}

	reconnect(): void {
		this.#post({ t: 'reconnect' });
	}

	close(): void {
		this.#channel.close();
	}

	#receive(message: TabMessage, events: TabEvents): void {
		if (message.t === 'status') events.status(message.at, message.status);
		else if (message.t === 'follow') events.follow(message.scopes);
		else if (message.t === 'in-step') events.inStep(message.scopes);
		else if (message.t === 'courtyard') events.courtyard(message.card);
		else if (message.t === 'reconnect') events.reconnect();
		else this.#tellNewcomer();
	}

	#tellNewcomer(): void {
		if (this.#statuses.size === 0) return;
		for (const [at, status] of this.#statuses) this.#post({ t: 'status', at, status });
		this.#post({ t: 'in-step', scopes: this.#inStep });
	}

	#post(message: TabMessage): void {
		this.#channel.postMessage(message);
	}
}
