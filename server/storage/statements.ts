import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { toHex } from '#core/kernel/ids.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;
export type Value = string | number | Uint8Array | null;

/** Runs SQL on one database and prepares each text once. */
export class Statements {
	readonly #database: DatabaseSync;
	readonly #prepared = new Map<string, StatementSync>();

	constructor(database: DatabaseSync) {
		this.#database = database;
	}

	run(sql: string, ...values: Value[]): void {
		this.#prepare(sql).run(...values);
	}

	all(sql: string, ...values: Value[]): readonly Row[] {
		return this.#prepare(sql).all(...values);
	}

	/** Row by row, for answers that are too large to hold. */
	iterate(sql: string, ...values: Value[]): Iterable<Row> {
		return this.#prepare(sql).iterate(...values);
	}

	#prepare(sql: string): StatementSync {
		const held = this.#prepared.get(sql);
		if (held) return held;
		const statement = this.#database.prepare(sql);
		this.#prepared.set(sql, statement);
		return statement;
	}
}

export const hexOf = <T extends string>(value: SQLOutputValue | undefined): T => toHex(bytesOf(value)) as T;

export function bytesOf(value: SQLOutputValue | undefined): Uint8Array {
	if (value instanceof Uint8Array) return value;
	throw new Error('A column that holds bytes held something else');
}
