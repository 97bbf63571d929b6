import { shownClosing } from '#core/polls/selectors.ts';
import { assertNever } from '#core/kernel/assert-never.ts';
import type { Poll } from '#core/polls/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Workspace } from '#lib/session/workspace.svelte.ts';
import { isListed, type OwnBallot } from './reading.ts';

/** What became of a ballot, as far as this device knows. Never more cheerful than the truth. */
export type ReceiptState = 'refused' | 'waiting' | 'sent' | 'not-arrived' | 'listed' | 'not-listed' | 'unknown';

export function receiptState(workspace: Workspace, poll: Poll, ballot: OwnBallot): ReceiptState {
	if (ballot.delivery === 'refused') return 'refused';
	const closing = shownClosing(poll);
	if (!closing) return ballot.delivery;
	const listed = isListed(workspace, closing, ballot.id);
	if (listed === true) return 'listed';
	if (ballot.delivery === 'waiting') return 'not-arrived';
	return listed === false ? 'not-listed' : 'unknown';
}

export function receiptTone(state: ReceiptState): 'ok' | 'warn' | 'error' | 'info' {
	switch (state) {
		case 'sent':
		case 'listed':
			return 'ok';
		case 'waiting':
		case 'not-listed':
			return 'warn';
		case 'refused':
		case 'not-arrived':
			return 'error';
		case 'unknown':
			return 'info';
		default:
			return assertNever(state);
	}
}

export function receiptWords(state: ReceiptState): { readonly title: string; readonly text: string } {
	switch (state) {
		case 'sent':
			return { title: m.poll_receipt_sent(), text: m.poll_receipt_sent_text() };
		case 'waiting':
			return { title: m.poll_receipt_waiting(), text: m.poll_receipt_waiting_text() };
		case 'refused':
			return { title: m.poll_receipt_refused(), text: m.poll_receipt_refused_text() };
		case 'not-arrived':
			return { title: m.poll_receipt_not_arrived(), text: m.poll_receipt_not_arrived_text() };
		case 'listed':
			return { title: m.poll_receipt_listed(), text: m.poll_receipt_listed_text() };
		case 'not-listed':
			return { title: m.poll_receipt_not_listed(), text: m.poll_receipt_not_listed_text() };
		case 'unknown':
			return { title: m.poll_receipt_unknown(), text: m.poll_receipt_unknown_text() };
		default:
			return assertNever(state);
	}
}
