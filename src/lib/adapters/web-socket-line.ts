import type { Line, LineSocket } from '#core/wire/line.ts';

/** The relay at an address of its own. `url`: its `/sync` address. */
export function webSocketLine(url: string): Line {
	return {
		host: new URL(url).host,
		socket: (room) => new WebSocket(`${url}/${room}`) as unknown as LineSocket,
	};
}
