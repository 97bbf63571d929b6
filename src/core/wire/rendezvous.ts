import { sha256 } from '@noble/hashes/sha2.js';
import * as v from 'valibot';
import { fromHex, toHex } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { CODE_ALPHABET } from '../roster/invite-code.ts';

/** CODE-2: where a spoken code and an invitation meet. Plain JSON over POST: whoever joins has no key to log in with. */
export const RENDEZVOUS_PATH = { deposit: '/rendezvous', take: '/rendezvous/take' } as const;

export const RENDEZVOUS_LIMITS = {
	/** Bytes of a whole request body. */
	body: 4096,
	/** Bytes of the sealed invitation. */
	sealed: 1024,
	/** How long a deposit is kept, in milliseconds. */
	kept: 24 * 60 * 60 * 1000,
	/** Wrong tries after which a code is ended. */
	wrongTries: 10,
	/** Wrong tries of one address in a minute. */
	triesPerMinute: 5,
	/** Deposits of one address in a minute. */
	depositsPerMinute: 10,
	/** Codes held at the same time. */
	deposits: 2048,
} as const;

const locator = v.pipe(v.string(), v.regex(new RegExp(`^[${CODE_ALPHABET}]{3}$`)));
const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** Lowercase hex of the nonce and what AES-GCM made of the invitation. */
const sealed = v.pipe(v.string(), v.maxLength(RENDEZVOUS_LIMITS.sealed * 2), v.regex(/^([0-9a-f]{2}){28,}$/));

const depositSchema = v.strictObject({ locator, check: hex32, sealed });
const takeSchema = v.strictObject({ locator, verifier: hex32 });
const depositedSchema = v.strictObject({ until: v.pipe(v.number(), v.safeInteger()) });
const takenSchema = v.strictObject({ sealed });

/** `check`: SHA-256 of the verifier. The relay never sees what opens the invitation. */
export type Deposit = v.InferOutput<typeof depositSchema>;
export type Take = v.InferOutput<typeof takeSchema>;
/** `until`: when the relay forgets it, in milliseconds since 1970. */
export type Deposited = v.InferOutput<typeof depositedSchema>;
export type Taken = v.InferOutput<typeof takenSchema>;

/** CODE-3: `code-unknown` says the same of a code that never was, has expired, or is wrong in its secret part. */
const REFUSALS = [
	'code-unknown',
	'code-ended',
	'code-taken',
	'too-many-tries',
	'relay-full',
	'request-malformed',
] as const;
export type RendezvousRefusal = (typeof REFUSALS)[number];
const refusedSchema = v.strictObject({ code: v.picklist(REFUSALS) });

export const readDeposit = (body: unknown): Result<Deposit, 'request-malformed'> => read(depositSchema, body);
export const readTake = (body: unknown): Result<Take, 'request-malformed'> => read(takeSchema, body);
export const readDeposited = (body: unknown): Result<Deposited, 'request-malformed'> => read(depositedSchema, body);
export const readTaken = (body: unknown): Result<Taken, 'request-malformed'> => read(takenSchema, body);

/** undefined for an answer that is none of ours: a proxy's page, for instance. */
export function readRefusal(body: unknown): RendezvousRefusal | undefined {
	const parsed = v.safeParse(refusedSchema, body);
	return parsed.success ? parsed.output.code : undefined;
}

function read<T>(schema: v.GenericSchema<unknown, T>, body: unknown): Result<T, 'request-malformed'> {
	const parsed = v.safeParse(schema, body);
	return parsed.success ? ok(parsed.output) : err('request-malformed');
}

/** What the relay keeps of a verifier: both as lowercase hex. */
export const checkOf = (verifier: string): string => toHex(sha256(fromHex(verifier)));

/** How a code's 64 derived bytes are used, and from what they are derived (PBKDF2-SHA-256). */
export const CODE_KEY = {
	rounds: 600_000,
	bytes: 64,
	verifier: 32,
	salt: (locator: string): string => `council-corner/invite-code/1\0${locator}`,
} as const;

/** What somebody with a code may hear, or somebody who wants one. */
export type CodeRefusal =
	Exclude<RendezvousRefusal, 'code-taken' | 'request-malformed'> | 'code-malformed' | 'relay-unreachable';
