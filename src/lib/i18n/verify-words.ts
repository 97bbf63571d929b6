import type { Fact, FactCode } from '#core/bundle/facts.ts';
import type { NotVerified, Unreadable } from '#core/bundle/verify.ts';
import { m } from './paraglide/messages.js';
import { DEFECTS, FAULTS } from './recount.ts';

type Params = Record<string, string | number>;

const REASONS: Readonly<Record<NotVerified, () => string>> = {
	'file-altered': m.verify_reason_file_altered,
	'other-grid': m.verify_reason_other_grid,
	'record-not-admitted': m.verify_reason_record_not_admitted,
	'outcome-missing': m.verify_reason_outcome_missing,
	'record-missing': m.verify_reason_record_missing,
	'link-missing': m.verify_reason_link_missing,
	'blob-missing': m.verify_reason_blob_missing,
	'blob-private': m.verify_reason_blob_private,
	superfluous: m.verify_reason_superfluous,
	'outcome-does-not-stand': m.verify_reason_outcome_does_not_stand,
	'outcome-withdrawn': m.verify_reason_outcome_withdrawn,
	'outcome-replaced': m.verify_reason_outcome_replaced,
	'outcome-overtaken': m.verify_reason_outcome_overtaken,
	'decision-missing': m.verify_reason_decision_missing,
	'consensus-does-not-stand': m.verify_reason_consensus_does_not_stand,
	'not-certified': m.verify_reason_not_certified,
	contested: m.verify_reason_contested,
	'recount-differs': m.verify_reason_recount_differs,
	'closing-defect': m.verify_reason_closing_defect,
	'counts-disagree': m.verify_reason_counts_disagree,
};
const FILES: Readonly<Record<Unreadable | 'file-needs-newer-browser', () => string>> = {
	'file-not-ours': m.verify_file_not_ours,
	'file-newer': m.verify_file_newer,
	'file-broken': m.verify_file_broken,
	'file-too-large': m.verify_file_too_large,
	'file-no-outcome': m.verify_file_no_outcome,
	'file-needs-newer-browser': m.verify_file_needs_newer_browser,
};
const FACTS: Readonly<Record<FactCode, (params: never) => string>> = {
	grid: m.verify_fact_grid,
	title: m.verify_fact_title,
	question: m.verify_fact_question,
	before: m.verify_fact_before,
	'outcome-passed': m.verify_fact_outcome_passed,
	'outcome-not-passed': m.verify_fact_outcome_not_passed,
	'outcome-not-quorate': m.verify_fact_outcome_not_quorate,
	'outcome-no-result': m.verify_fact_outcome_no_result,
	'outcome-tied': m.verify_fact_outcome_tied,
	'counted-units': m.verify_fact_counted_units,
	'counted-heads': m.verify_fact_counted_heads,
	'counted-area': m.verify_fact_counted_area,
	'declared-units': m.verify_fact_declared_units,
	'declared-heads': m.verify_fact_declared_heads,
	'declared-area': m.verify_fact_declared_area,
	'quorum-reached': m.verify_fact_quorum_reached,
	'quorum-short': m.verify_fact_quorum_short,
	'pass-reached': m.verify_fact_pass_reached,
	'pass-short': m.verify_fact_pass_short,
	consensus: m.verify_fact_consensus,
	certified: m.verify_fact_certified,
	late: m.verify_fact_late,
	faulty: m.verify_fact_faulty,
	conflicts: m.verify_fact_conflicts,
	forks: m.verify_fact_forks,
	'later-endings': m.verify_fact_later_endings,
	absent: m.verify_fact_absent,
	disputed: m.verify_fact_disputed,
	material: m.verify_fact_material,
};
/**
 * Reasons and defects in words; what is not here is told by its code. Elsewhere a missing list is on its way to
 * this phone; a file that lacks one never gets it.
 */
const DETAILS: Readonly<Record<string, () => string>> = { ...FAULTS, ...DEFECTS, 'blob-missing': () => 'blob-missing' };

export const reasonText = (code: NotVerified): string => REASONS[code]();

export const unreadableText = (code: keyof typeof FILES): string => FILES[code]();

/** A defect by its words, an id by its beginning. */
export const detailText = (name: string): string => DETAILS[name]?.() ?? name.slice(0, 16);

export function factText({ code, params }: Fact): string {
	const { reason } = params;
	const worded: Params = reason === undefined ? params : { ...params, reason: detailText(String(reason)) };
	return FACTS[code](worded as never);
}
