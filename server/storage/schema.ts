import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const FIRST_TABLES = `
	CREATE TABLE records (
		grid BLOB NOT NULL, id BLOB NOT NULL, scope BLOB, wire BLOB NOT NULL,
		PRIMARY KEY (grid, id)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE blobs (
		grid BLOB NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL,
		UNIQUE (grid, hash)
	) STRICT;
	CREATE TABLE updates (
		position INTEGER PRIMARY KEY, room TEXT NOT NULL, bytes BLOB NOT NULL
	) STRICT;
	CREATE INDEX updates_of_room ON updates (room, position);
	CREATE TABLE snapshots (
		room TEXT PRIMARY KEY, position INTEGER NOT NULL, bytes BLOB NOT NULL
	) STRICT;
	CREATE TABLE publications (
		slug TEXT NOT NULL, version INTEGER NOT NULL, grid BLOB NOT NULL, publish BLOB NOT NULL UNIQUE,
		json TEXT NOT NULL, at INTEGER NOT NULL,
		PRIMARY KEY (slug, version)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE founding_codes (
		code TEXT PRIMARY KEY, used INTEGER NOT NULL DEFAULT 0
	) STRICT, WITHOUT ROWID;
	CREATE TABLE relay_seed (
		only INTEGER PRIMARY KEY CHECK (only = 1), seed BLOB NOT NULL
	) STRICT;
`;

/** What makes an empty file ours, one version after the other; a file's `user_version` counts the steps it has taken. */
const STEPS: readonly string[] = [
	FIRST_TABLES,
	// Who brought an update and when, so that a draft's earlier versions can be told apart.
	`ALTER TABLE updates ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE updates ADD COLUMN author BLOB;`,
];
const SCHEMA_VERSION = STEPS.length;

/** Throws a sentence for the operator when a newer version wrote the file; looks without touching it. */
export function refuseNewer(path: string): void {
	if (!existsSync(path)) return;
	const database = new DatabaseSync(path, { readOnly: true });
	const version = versionOf(database);
	database.close();
	if (version <= SCHEMA_VERSION) return;
	throw new Error(
		`The data in DATA_DIR was written by a newer council-corner (schema ${version}, this one knows ` +
			`${SCHEMA_VERSION}): start the newer one, or name another DATA_DIR.`,
	);
}

/** Brings a file to this version, and leaves one that is there as it is. */
export function prepareSchema(database: DatabaseSync): void {
	const version = versionOf(database);
	if (version >= SCHEMA_VERSION) return;
	database.exec(`BEGIN; ${STEPS.slice(version).join('')} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
}

function versionOf(database: DatabaseSync): number {
	return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
