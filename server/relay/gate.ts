import { decodeCbor, RECORD_LIMITS } from '#core/kernel/cbor.ts';
import type { RecordId } from '#core/kernel/ids.ts';
import { examine } from '#core/ledger/admission.ts';
import { parseWire, recordId, type HeldRecord } from '#core/ledger/record.ts';
import { PASSING_VERDICTS } from '#core/wire/ledger-messages.ts';
import type { Grid } from './grids.ts';
import type { Verifier } from '../ed25519.ts';

/** What the relay says of one offered wire. `malformed`: it has not even an id to answer with. */
export type Judgement =
	| { readonly verdict: 'accept'; readonly record: HeldRecord }
	| { readonly verdict: 'duplicate'; readonly id: RecordId }
	/** `missing`: what must come first; undefined when the policy puts it off, and `why` is its word. */
	| {
			readonly verdict: 'later';
			readonly record: HeldRecord;
			readonly missing: RecordId | undefined;
			readonly why: string;
	  }
	| { readonly verdict: 'refuse'; readonly id: RecordId; readonly code: string }
	| { readonly verdict: 'malformed' };

/** Why a relay refuses somebody a record that the ledger's rules allow, or puts it off; '' when it has no objection. */
export type Policy = (record: HeldRecord) => string;

/**
 * LEDGER 5, offer(record): parse, duplicate, policy, rule, signature. Changes nothing: the caller stores what is
 * accepted. Signatures come last because they cost most.
 */
export function judgeWire(grid: Grid, verifier: Verifier, wire: Uint8Array, policy: Policy): Judgement {
	const parsed = parseWire(wire);
	if (!parsed.ok) {
		const id = idOf(wire);
		return id === undefined ? { verdict: 'malformed' } : { verdict: 'refuse', id, code: parsed.error };
	}
	return judgeRecord(grid, verifier, parsed.value, policy);
}

export function judgeRecord(grid: Grid, verifier: Verifier, record: HeldRecord, policy: Policy): Judgement {
	const { id } = record;
	const found = examine(grid.ledger, grid.id, record);
	if (found.verdict === 'duplicate') return { verdict: 'duplicate', id };
	if (found.verdict === 'refuse') return { verdict: 'refuse', id, code: found.code };
	const objection = policy(record);
	if (PASSING_VERDICTS.includes(objection)) return { verdict: 'later', record, missing: undefined, why: objection };
	if (objection !== '') return { verdict: 'refuse', id, code: objection };
	if (found.verdict === 'later') return { verdict: 'later', record, missing: found.missing[0], why: 'later' };
	const signed = found.checks.every((check) => verifier.isTrue(check));
	return signed ? { verdict: 'accept', record } : { verdict: 'refuse', id, code: 'signature-invalid' };
}

/** The id of a record this version cannot read, so that its sender can be told. */
function idOf(wire: Uint8Array): RecordId | undefined {
	const decoded = decodeCbor(wire, { ...RECORD_LIMITS, bytes: RECORD_LIMITS.bytes + 128, items: 3 });
	const payload = decoded.ok && Array.isArray(decoded.value) ? (decoded.value[0] as unknown) : undefined;
	return payload instanceof Uint8Array ? recordId(payload) : undefined;
}
