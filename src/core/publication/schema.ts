import * as v from 'valibot';
import { isHex32, type TopicId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { countsField } from '../polls/counts.ts';
import { decide } from '../polls/decision.ts';
import { POLL_FORMS, UNIT_KINDS } from '../polls/records.ts';
import { ruleField } from '../polls/rule.ts';
import { richText } from '../proposals/text.ts';
import { MOST_BEFORE, type PublicCount, type PublicDocument, type PublicVote } from './document.ts';
import { MAX_HISTORY, type PublicChange } from './history.ts';
import type { PublicPage, PublicTombstone } from './page.ts';
import { MAX_REASON } from './records.ts';

/** Two texts of a megabyte of characters each, escaped, and the rest. */
const MAX_JSON = 16 * 1024 * 1024;
const MAX_OPTIONS = 20;
const MAX_STEPS = 12;
const MAX_TELLERS = 32;
const MAX_REPLIES = 512;
const MAX_REPLY = 2000;

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const id = v.pipe(v.string(), v.check(isHex32));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const bilingual = v.object({ 'zh-Hans': text(40), en: text(40) });

const counted = v.pipe(
	v.object({
		...{ question: text(120), presentOnly: v.boolean(), unit: v.picklist(UNIT_KINDS) },
		...{ form: v.picklist(POLL_FORMS), options: v.pipe(v.array(text(60)), v.maxLength(MAX_OPTIONS)) },
		...{ rule: ruleField.schema, counts: countsField.schema },
	}),
	// Worked out anew from the counts, so that what is stored cannot say otherwise.
	v.transform((stored): PublicCount => ({ ...stored, decision: decide(stored.rule, stored.counts) })),
);
const vote: v.GenericSchema<unknown, PublicVote> = v.intersect([
	v.object({
		by: v.literal('vote'),
		before: v.pipe(v.array(counted), v.maxLength(MOST_BEFORE)),
		asksToKeep: v.optional(v.boolean(), false),
	}),
	counted,
]);
const decided = v.union([
	vote,
	v.object({
		by: v.literal('consensus'),
		...{ agreed: count, dissent: count, unheard: count },
		replies: v.pipe(v.array(text(MAX_REPLY)), v.maxLength(MAX_REPLIES)),
	}),
]);

const step = v.object({
	id: text(40),
	name: bilingual,
	author: v.picklist(['convener', 'reviewer']),
	gates: v.array(v.picklist(['text-frozen', 'decided', 'minutes-approved'])),
});
const procedure = v.object({
	id: text(40),
	name: bilingual,
	steps: v.pipe(v.array(step), v.minLength(1), v.maxLength(MAX_STEPS)),
});

const change = v.variant('what', [
	v.pipe(
		v.object({
			...{ what: v.literal('corrected'), at: count, reason: text(MAX_REASON) },
			...{ text: v.optional(richText), minutes: v.optional(richText) },
		}),
		v.transform(({ text, minutes, ...rest }): PublicChange => ({ ...rest, text, minutes })),
	),
	v.object({ what: v.literal('withdrawn'), at: count, reason: text(MAX_REASON) }),
]);

const place = {
	slug: v.pipe(v.string(), v.regex(/^[a-z2-7]{10}$/)),
	grid: v.object({ id, name: text(60) }),
	topic: v.pipe(
		id,
		v.transform((hex) => hex as TopicId),
	),
};

const publicDocument = v.pipe(
	v.object({
		...place,
		title: text(1000),
		raisedAt: count,
		publishedAt: count,
		procedure: v.optional(procedure),
		step: v.optional(text(40)),
		...{ decided, text: richText, textHash: text(16), minutes: richText },
		people: v.object({ publisher: text(80), tellers: v.pipe(v.array(text(80)), v.maxLength(MAX_TELLERS)) }),
		history: v.optional(v.pipe(v.array(change), v.maxLength(MAX_HISTORY)), []),
	}),
	v.transform(({ procedure, step, ...rest }): PublicDocument => ({ ...rest, procedure, step })),
);

const tombstone: v.GenericSchema<unknown, PublicTombstone> = v.object({
	...place,
	withdrawn: v.object({ by: text(80), at: count, reason: text(MAX_REASON) }),
});

const json = v.pipe(v.string(), v.maxLength(MAX_JSON), v.parseJson(), v.union([tombstone, publicDocument]));

/** PUB-5: reads a stored publication: what the relay once wrote, perhaps in an older version. */
export function parsePublicPage(stored: string): Result<PublicPage, 'document-malformed'> {
	const parsed = v.safeParse(json, stored);
	return parsed.success ? ok(parsed.output) : err('document-malformed');
}
