/** What one connection, device or address may cost (LEDGER 5, BENCH W7). Bytes unless the name says otherwise. */
export const LIMITS = {
	/** One message after login. */
	message: 4 * 1024 * 1024,
	/** One awareness message. */
	awareness: 64 * 1024,
	/** A draft's whole merged update. */
	draft: 3 * 1024 * 1024,
	/** Sent and not yet taken by the client; beyond it the client is cut and resynchronises. */
	sendQueue: 8 * 1024 * 1024,
	/** Long answers wait while so much is still to be taken. */
	bulkWindow: 1024 * 1024,
	/** Who is present waits, and only the latest of it is kept, while so much is still to be taken. */
	presenceWindow: 256 * 1024,
	/** Long answers that one connection may have under way. */
	bulkAnswers: 256,
	/** Records held for one connection until what they cite arrives, and their bytes. */
	heldRecords: 4096,
	heldBytes: 4 * 1024 * 1024,
	/** Blobs one connection may be waiting for. */
	wishedBlobs: 4096,
	/** Poll scopes one connection may follow. */
	followedScopes: 1024,
	/** Blobs one device may be sending at the same time: our clients send one after the other. */
	uploads: 2,
	/** Milliseconds after which a half-sent blob makes room for another of its device. */
	uploadPatience: 60_000,
	/** Half-sent blobs of one grid; beyond it the one that waits longest is forgotten, and begins again. */
	halfSentBytes: 64 * 1024 * 1024,
	messagesPerSecond: 600,
	bytesPerSecond: 8 * 1024 * 1024,
	/** Awareness messages, and how many may come at once. */
	presencePerSecond: 30,
	presenceBurst: 120,
	/** What one connection writes into a draft, all of which every reader must take; at once, a long text of a day offline. */
	draftBytesPerSecond: 256 * 1024,
	draftBurst: 8 * 1024 * 1024,
	/** Milliseconds of this process that one connection may use for its messages. */
	workPerSecond: 250,
	/** Connections of one device: its trunk, and a draft in each tab. */
	connectionsPerDevice: 32,
	/** Connections of one address that have proved nothing yet: a courtyard that comes back at once is some hundreds. */
	provingPerAddress: 1024,
	/** The same once they are logged in: a street behind one address. */
	loggedInPerAddress: 16_384,
	/** Milliseconds in which a client must have said, answered or taken something. */
	pulse: 30_000,
	/** Ballots that one receipt names, and milliseconds after a start before the first one is signed (RELAY-57). */
	idsPerReceipt: 64,
	recovery: 30_000,
	/** Records that one device may write. */
	recordsPerMinute: 60,
	/** The same for what only officers write. */
	officeRecordsPerMinute: 6000,
} as const;
