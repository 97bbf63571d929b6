import type { RecordRefusal } from '#core/ledger/record.ts';
import { m } from './paraglide/messages.js';

/** Codes of this device: `WriteRefusal` and `OpeningRefusal` of the session, whose types this part may not import. */
export type DeviceRefusal = 'cannot-store' | 'not-admitted-yet' | 'browser-too-old' | 'data-newer' | RecordRefusal;

export const DEVICE_SENTENCES: Readonly<Record<DeviceRefusal, () => string>> = {
	'cannot-store': m.refusal_cannot_store,
	'not-admitted-yet': m.refusal_not_admitted_yet,
	'browser-too-old': m.refusal_browser_too_old,
	'data-newer': m.device_newer_data,
	// A record that nobody could read, written here or by another phone
	'record-malformed': m.refusal_not_understood,
	'record-unknown-type': m.refusal_versions_differ,
	'record-unknown-version': m.refusal_versions_differ,
	'record-body-invalid': m.refusal_not_understood,
	'cbor-too-large': m.refusal_too_large,
	'cbor-malformed': m.refusal_not_understood,
	'cbor-not-canonical': m.refusal_not_understood,
	'cbor-forbidden-key': m.refusal_not_understood,
};

/** `refusalText` for what every page may meet, without the sentences of all the others. */
export const deviceRefusalText = (code: DeviceRefusal): string => DEVICE_SENTENCES[code]();
