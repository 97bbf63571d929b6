/** What strangers on the Wi-Fi may cost before the relay itself, with its own limits, hears a word of them. */
export const COURTYARD_LIMITS = {
	/** Phones connected at the same time, those of one address (a router may stand between), and those on their way. */
	phones: 1024,
	phonesPerAddress: 512,
	arriving: 128,
	/** New connections of one address in a minute, and of all in a second: a courtyard comes back at once. */
	arrivalsPerMinute: 600,
	arrivalsPerSecond: 100,
	/** Milliseconds in which a phone must have arrived; the slowest that was measured took half a second. */
	arrival: 5000,
	/** Milliseconds after which a phone without a room is sent away. */
	idle: 60_000,
	/** Rooms of one phone: its trunk, and a draft in each tab. */
	rooms: 64,
} as const;
