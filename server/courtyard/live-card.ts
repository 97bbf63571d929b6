import type { RelayCard } from '#core/wire/relay-card.ts';
import type { Log } from '../log.ts';
import type { Relay } from '../relay/relay.ts';
import { ownAddresses, ownLocalName } from './addresses.ts';
import type { CourtyardConfig } from './config.ts';

/** How often is looked whether the laptop has other addresses now, in milliseconds. */
const LOOK_AGAIN = 3000;

export interface LiveCardOptions {
	readonly settings: CourtyardConfig;
	readonly relay: Pick<Relay, 'key' | 'foundingCode'>;
	readonly fingerprint: string;
	readonly log: Log;
	readonly changed: () => void;
	/** Milliseconds; LOOK_AGAIN unless said otherwise. */
	readonly lookAgain?: number;
}

/** DIRECT-9: the card of this relay as it is now: on another Wi-Fi, or after its pairing code was used, it is another one. */
export class LiveCard {
	readonly #options: LiveCardOptions;
	readonly #timer: NodeJS.Timeout;
	#card: RelayCard;

	private constructor(options: LiveCardOptions, card: RelayCard) {
		this.#options = options;
		this.#card = card;
		this.#timer = setInterval(() => void this.#look(), options.lookAgain ?? LOOK_AGAIN);
	}

	static async open(options: LiveCardOptions): Promise<LiveCard> {
		return new LiveCard(options, await currentCard(options));
	}

	get card(): RelayCard {
		return this.#card;
	}

	close(): void {
		clearInterval(this.#timer);
	}

	async #look(): Promise<void> {
		const { changed, log } = this.#options;
		try {
			const card = await currentCard(this.#options);
			if (JSON.stringify(card) === JSON.stringify(this.#card)) return;
			this.#card = card;
			changed();
		} catch (error) {
			log.fault('the code on the screen could not be renewed', error);
		}
	}
}

async function currentCard({ settings, relay, fingerprint }: LiveCardOptions): Promise<RelayCard> {
	const { name, udpPort: port, udpHost } = settings;
	const place = { port, addresses: ownAddresses(udpHost), localName: ownLocalName() ?? null };
	return { relay: relay.key, name, fingerprint, ...place, pairing: (await relay.foundingCode()) ?? null };
}
