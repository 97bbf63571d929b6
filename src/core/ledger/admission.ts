import type { DeviceKey, RecordId } from '../kernel/ids.ts';
import { authorOf, pollOffices, type AuthorshipRefusal } from '../roster/authorship.ts';
import { mayAuthor } from '../roster/permissions.ts';
import type { Ledger } from './ledger.ts';
import { RULES_VERSION, type HeldRecord, type LedgerRecord, type OpaqueRecord, type RecordRefusal } from './record.ts';
import { hardReferences } from './references.ts';
import { ANY_SCOPE_TYPES, POLL_SCOPE_TYPES, type RecordType } from './registry.ts';
import { shapeRefusal, type ShapeRefusal } from './shape.ts';
import { isWeakKey, ownSignature, signatureChecks, type SignatureCheck } from './signatures.ts';

export type AdmissionRefusal =
	| RecordRefusal
	| ShapeRefusal
	| AuthorshipRefusal
	| 'other-grid'
	| 'genesis-invalid'
	| 'wrong-scope'
	| 'wrong-reference'
	| 'not-permitted'
	| 'key-weak'
	| 'signature-invalid';

/**
 * ADM-1: three verdicts. `accept` names the signatures that the caller must still find true; `later` names what is
 * missing and never becomes a refusal by itself; `refuse` is about this record only and never changes.
 */
export type Examination =
	| { readonly verdict: 'accept'; readonly checks: readonly SignatureCheck[] }
	| { readonly verdict: 'duplicate' }
	| { readonly verdict: 'later'; readonly missing: readonly RecordId[] }
	| { readonly verdict: 'refuse'; readonly code: AdmissionRefusal };

/** LEDGER 3.1–3.3 and 5. Judges only what can never change, so that sets converge whatever the order of arrival. */
export function examine(ledger: Ledger, grid: RecordId, record: HeldRecord): Examination {
	if (ledger.holds(record.id)) return { verdict: 'duplicate' };
	return record.type === 'opaque' ? examineOpaque(grid, record) : examineReadable(ledger, grid, record);
}

/** REC-3: of what cannot be read no more is judged than that it is this grid's and signed. */
function examineOpaque(grid: RecordId, record: OpaqueRecord): Examination {
	if (record.grid !== grid) return { verdict: 'refuse', code: 'other-grid' };
	if (isWeakKey(record.by)) return { verdict: 'refuse', code: 'key-weak' };
	return { verdict: 'accept', checks: [ownSignature(record)] };
}

function examineReadable(ledger: Ledger, grid: RecordId, record: LedgerRecord): Examination {
	const own = record.type === 'genesis' ? genesisRefusal(grid, record) : gridRefusal(grid, record);
	if (own) return { verdict: 'refuse', code: own };
	const missing = hardReferences(record).filter((id) => !ledger.has(id));
	if (missing.length > 0) return { verdict: 'later', missing };
	const refusal = referenceRefusal(ledger, record) ?? authorityRefusal(ledger, record) ?? shapeRefusal(ledger, record);
	if (refusal) return { verdict: 'refuse', code: refusal };
	return { verdict: 'accept', checks: signatureChecks(ledger, record) };
}

function genesisRefusal(grid: RecordId, record: LedgerRecord<'genesis'>): AdmissionRefusal | undefined {
	const { founders, quorum, rules } = record.body;
	if (record.id !== grid) return 'other-grid';
	const first = record.grid === null && record.scope === null && record.auth === null && record.prev === null;
	const founded = founders.includes(record.by) && new Set(founders).size === founders.length;
	const quorate = quorum >= 1 && quorum <= founders.length;
	if (!first || record.seq !== 0 || !founded || !quorate || rules !== RULES_VERSION) return 'genesis-invalid';
	return founders.some(isWeakKey) ? 'key-weak' : undefined;
}

function gridRefusal(grid: RecordId, record: LedgerRecord): AdmissionRefusal | undefined {
	if (record.grid !== grid) return 'other-grid';
	if (record.auth === null) return 'key-not-authorized';
	if ((record.seq === 0) !== (record.prev === null)) return 'record-malformed';
	return [record.by, ...introducedKeys(record)].some(isWeakKey) ? 'key-weak' : scopeRefusal(record);
}

function introducedKeys({ type, body }: LedgerRecord): readonly DeviceKey[] {
	if (type === 'invite') return [body.ikey];
	return type === 'device.add' || type === 'relay.add' ? [body.key] : [];
}

function scopeRefusal(record: LedgerRecord): AdmissionRefusal | undefined {
	if (ANY_SCOPE_TYPES.includes(record.type)) return undefined;
	if (!POLL_SCOPE_TYPES.includes(record.type)) return record.scope === null ? undefined : 'wrong-scope';
	const { poll } = record.body as { readonly poll: RecordId };
	return record.scope === poll ? undefined : 'wrong-scope';
}

const TYPES_OF_REFERENCE: Readonly<Record<string, readonly RecordType[]>> = {
	as: ['role.grant'],
	member: ['member.add'],
	via: ['join', 'device.add', 'genesis'],
	topic: ['topic.open'],
	poll: ['poll.open'],
	meeting: ['meeting.convene'],
	proxy: ['proxy.give'],
};

const TYPES_OF_TARGET: Readonly<Partial<Record<RecordType, readonly RecordType[]>>> = {
	'device.revoke': ['device.add'],
	'member.end': ['member.add'],
	'role.end': ['role.grant'],
	'relay.end': ['relay.add'],
	'place.end': ['place.add'],
	'proxy.end': ['proxy.give'],
	objection: ['poll.close'],
};

/** ADM-3: a hard reference is of the kind its field says, in structure or in the same scope. */
function referenceRefusal(ledger: Ledger, record: LedgerRecord): AdmissionRefusal | undefined {
	const body = record.body as Readonly<Record<string, RecordId>>;
	const types = { ...TYPES_OF_REFERENCE, target: TYPES_OF_TARGET[record.type] };
	const wrong = Object.entries(types).some(([field, allowed]) => {
		const id = body[field];
		const target = id === undefined ? undefined : ledger.get(id);
		return target !== undefined && allowed?.includes(target.type) === false;
	});
	if (wrong) return 'wrong-reference';
	if (record.scope !== null && ledger.get(record.scope)?.type !== 'poll.open') return 'wrong-scope';
	if (record.type !== 'cosign') return undefined;
	return ledger.get(record.body.target)?.scope === record.scope ? undefined : 'wrong-scope';
}

/** ADM-4: the cited authority is this key's own, and the role it acts under may write this type. */
function authorityRefusal(ledger: Ledger, record: LedgerRecord): AdmissionRefusal | undefined {
	if (record.type === 'genesis') return undefined;
	const author = authorOf(ledger, record);
	if (!author.ok) return author.error;
	if (mayAuthor(record.type, author.value)) return undefined;
	const named = pollOffices(ledger, record).some((office) => mayAuthor(record.type, office));
	return named ? undefined : 'not-permitted';
}
