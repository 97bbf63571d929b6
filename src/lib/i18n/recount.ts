import type { BallotFault } from '#core/polls/ballot-box.ts';
import type { Defect } from '#core/polls/defects.ts';
import { m } from './paraglide/messages.js';

/** Why a record of a vote has no weight. */
export const FAULTS: Readonly<Record<BallotFault, () => string>> = {
	'voter-not-on-roll': m.poll_fault_not_on_roll,
	'voter-absent': m.poll_fault_absent,
	'unit-not-named': m.poll_fault_unit_not_named,
	'picks-invalid': m.poll_fault_picks_invalid,
	'proxy-invalid': m.poll_fault_proxy_invalid,
	'proxies-over-limit': m.poll_fault_proxies_over_limit,
	'key-serves-two': m.poll_fault_key_serves_two,
	'not-cosigned': m.poll_fault_not_cosigned,
	'blob-missing': m.poll_fault_blob_missing,
	'hand-count-invalid': m.poll_fault_hand_count_invalid,
	'voters-overlap': m.poll_fault_voters_overlap,
	'author-without-right': m.poll_fault_without_right,
};
/** What is wrong with a closing. */
export const DEFECTS: Readonly<Record<Defect, () => string>> = {
	'lists-invalid-or-missing': m.poll_defect_lists_invalid,
	'omits-receipted-ballot': m.poll_defect_omits_receipted,
	'omits-sealed-ballot': m.poll_defect_omits_sealed,
	'seal-missing': m.poll_defect_seal_missing,
	'station-unaccounted': m.poll_defect_station,
	'corrects-too-much': m.poll_defect_corrects_too_much,
	'declared-counts-differ': m.poll_defect_counts_differ,
	'counted-by-hand-and-device': m.poll_defect_counted_twice,
	'blob-missing': m.poll_defect_blob_missing,
	'attendance-missing': m.poll_defect_attendance_missing,
	'closer-closed-twice': m.poll_defect_closed_twice,
	'run-off-other-roll': m.poll_defect_other_roll,
};

export const faultWord = (fault: BallotFault): string => FAULTS[fault]();
export const defectSentence = (defect: Defect): string => DEFECTS[defect]();
