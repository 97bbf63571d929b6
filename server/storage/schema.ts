import type { DatabaseSync } from 'node:sqlite';

/** Counts up with every change of the tables; `user_version` of the file. */
const SCHEMA_VERSION = 1;

const TABLES = `
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

/** Makes an empty file ours, and leaves one of this version as it is. Throws a sentence for the operator otherwise. */
export function prepareSchema(database: DatabaseSync): void {
	const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
	if (version === SCHEMA_VERSION) return;
	if (version > SCHEMA_VERSION) {
		throw new Error(
			`The data in DATA_DIR was written by a newer council-corner (schema ${version}, this one knows ` +
				`${SCHEMA_VERSION}): start the newer one, or name another DATA_DIR.`,
		);
	}
	database.exec(`BEGIN; ${TABLES} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
}
