import * as v from 'valibot';
import { err, ok, type Result } from '../kernel/result.ts';

/** What must hold before a topic may enter a step. */
export const GATES = ['text-frozen', 'decided', 'minutes-approved'] as const;
export type Gate = (typeof GATES)[number];

const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(40));
const bilingual = v.strictObject({ 'zh-Hans': shortText, en: shortText });

const stepSchema = v.strictObject({
	id: shortText,
	name: bilingual,
	author: v.picklist(['convener', 'reviewer']),
	gates: v.pipe(v.array(v.picklist(GATES)), v.maxLength(GATES.length)),
});

/** A procedure is data: its JSON is a blob, and a topic names the blob's hash, never a version of code. */
const procedureSchema = v.strictObject({
	id: shortText,
	version: shortText,
	name: bilingual,
	source: v.pipe(v.string(), v.maxLength(200)),
	/** How many members besides the author must cosign minutes or a consensus; one of them a teller (LEDGER 2). */
	assent: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
	steps: v.pipe(v.array(stepSchema), v.minLength(1), v.maxLength(12)),
});

export type Procedure = Readonly<v.InferOutput<typeof procedureSchema>>;
export type Step = Procedure['steps'][number];

/** Reads a procedure's JSON text, for instance out of a blob. */
export function parseProcedure(json: string | undefined): Result<Procedure, 'procedure-invalid'> {
	const parsed = v.safeParse(v.pipe(v.string(), v.maxLength(65_536), v.parseJson(), procedureSchema), json);
	return parsed.success ? ok(parsed.output) : err('procedure-invalid');
}
