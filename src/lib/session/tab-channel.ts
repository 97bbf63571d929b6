import type { GridId, PollId } from '#core/kernel/ids.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection.ts';

type TabMessage =
	| { readonly t: 'status'; readonly status: TrunkStatus }
	| { readonly t: 'follow'; readonly scopes: readonly PollId[] }
	| { readonly t: 'reconnect' }
	| { readonly t: 'ask' };

export interface TabEvents {
	status(status: TrunkStatus): void;
	follow(scopes: readonly PollId[]): void;
	reconnect(): void;
}

/** The tabs of one device tell each other what IndexedDB does not: the leader's connection, and what to fetch. */
export class TabChannel {
	readonly #channel: BroadcastChannel;
	#status: TrunkStatus | undefined;

	constructor(grid: GridId, events: TabEvents) {
		this.#channel = new BroadcastChannel(`council-corner:${grid}`);
		this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => this.#receive(data, events);
		this.#post({ t: 'ask' });
	}

	/** Called by the leader only. */
	status(status: TrunkStatus): void {
		this.#status = status;
		this.#post({ t: 'status', status });
	}

	follow(scopes: readonly PollId[]): void {
		this.#post({ t: 'follow', scopes });
	}

	reconnect(): void {
		this.#post({ t: 'reconnect' });
	}

	close(): void {
		this.#channel.close();
	}

	#receive(message: TabMessage, events: TabEvents): void {
		if (message.t === 'status') events.status(message.status);
		else if (message.t === 'follow') events.follow(message.scopes);
		else if (message.t === 'reconnect') events.reconnect();
		else if (this.#status) this.#post({ t: 'status', status: this.#status });
	}

	#post(message: TabMessage): void {
		this.#channel.postMessage(message);
	}
}
