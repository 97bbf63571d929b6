import type { RelayCard } from '#core/wire/relay-card.ts';
import { dialDirect } from '#lib/adapters/direct/dial.ts';
import type { DirectLink } from '#lib/adapters/direct/link.ts';

declare global {
	var direct: typeof inPage;
}

let staying: DirectLink | undefined;

const inPage = {
	/** What came of so many dialings at once: `open`, or a refusal. */
	async dialed(card: RelayCard, times: number): Promise<string[]> {
		const all = await Promise.all(Array.from({ length: times }, () => dialDirect(card)));
		for (const dialed of all) if (dialed.ok) dialed.value.close();
		return all.map((dialed) => (dialed.ok ? 'open' : dialed.error));
	},

	/** The same of one, which stays until `hangUp`. */
	async stay(card: RelayCard): Promise<string> {
		const dialed = await dialDirect(card);
		if (dialed.ok) staying = dialed.value;
		return dialed.ok ? 'open' : dialed.error;
	},

	hangUp(): void {
		staying?.close();
	},

	/** The code with which a room is closed to somebody who says so many bytes in it. */
	async closed(card: RelayCard, room: string, bytes: number): Promise<number> {
		const dialed = await dialDirect(card);
		if (!dialed.ok) throw new Error(dialed.error);
		const socket = dialed.value.socket(room);
		return new Promise((resolve) => {
			socket.onopen = () => bytes > 0 && socket.send(new Uint8Array(bytes));
			socket.onclose = ({ code }) => resolve(code);
		});
	},
};

globalThis.direct = inPage;
