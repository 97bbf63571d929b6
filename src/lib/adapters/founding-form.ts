import * as v from 'valibot';
import type { DeviceKey } from '#core/kernel/ids.ts';
import { MAX_COFOUNDERS } from '#core/roster/cofounding.ts';
import { GRID_KINDS } from '#core/roster/records.ts';

const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest));
const hex = (length: number) => v.pipe(v.string(), v.regex(/^[0-9a-f]+$/), v.length(length));
const deviceKey = v.pipe(
	hex(64),
	v.transform((key) => key as DeviceKey),
);

const unfinished = v.strictObject({
	/** From the founding link. */
	code: text(200),
	nonce: hex(32),
	name: text(60),
	kind: v.picklist(GRID_KINDS),
	card: v.strictObject({ name: text(40), building: text(40) }),
	cofounders: v.pipe(v.array(v.strictObject({ key: deviceKey, name: text(40) })), v.maxLength(MAX_COFOUNDERS)),
	quorum: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_COFOUNDERS + 1)),
});

export type UnfinishedFounding = v.InferOutput<typeof unfinished>;

/** Reads what was remembered of a founding, as JSON; undefined for what this version cannot read. */
export function parseUnfinished(json: string | undefined): UnfinishedFounding | undefined {
	const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), unfinished), json);
	return parsed.success ? parsed.output : undefined;
}
