import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate, writeSyncStep1 } from 'y-protocols/sync';
import type { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { leavesGap, scanUpdate } from '#core/wire/draft-scan.ts';
import { MESSAGE_NUMBERS } from '#core/wire/frames.ts';

/** What an update that came from outside would do to a document. */
export type Verdict = 'sound' | 'malformed' | 'gap';

/** DRAFT-4, DRAFT-5: looks at an update without applying it. */
export function judgeUpdate(doc: Y.Doc, update: Uint8Array): Verdict {
	const scanned = scanUpdate(update);
	if (!scanned.ok) return 'malformed';
	return leavesGap(scanned.value, (client) => Y.getState(doc.store, client)) ? 'gap' : 'sound';
}

/** Applies what is sound, and nothing else. */
export function applyScanned(doc: Y.Doc, update: Uint8Array, origin: unknown): Verdict {
	const verdict = judgeUpdate(doc, update);
	if (verdict === 'sound') Y.applyUpdate(doc, update, origin);
	dropPending(doc);
	return verdict;
}

/** Puts the look before everything that a y-websocket provider applies. A gap asks the relay, once, for what is missing. */
export function scanIncoming(provider: WebsocketProvider): void {
	const apply = provider.messageHandlers[MESSAGE_NUMBERS.sync];
	let isAsking = false;
	provider.messageHandlers[MESSAGE_NUMBERS.sync] = (encoder, decoder, ...rest) => {
		const { step, verdict } = judgeMessage(provider.doc, decoding.clone(decoder));
		if (verdict === 'sound') apply?.(encoder, decoder, ...rest);
		else decoder.pos = decoder.arr.length;
		dropPending(provider.doc);
		if (step === messageYjsSyncStep2) isAsking = false;
		if (verdict !== 'gap' || step !== messageYjsUpdate || isAsking) return;
		isAsking = true;
		askForEverything(encoder, provider.doc);
	};
}

function judgeMessage(doc: Y.Doc, decoder: decoding.Decoder): { readonly step: number; readonly verdict: Verdict } {
	try {
		const step = decoding.readVarUint(decoder);
		const payload = decoding.readVarUint8Array(decoder);
		return { step, verdict: step === messageYjsSyncStep1 ? 'sound' : judgeUpdate(doc, payload) };
	} catch {
		// lib0 throws at the end of truncated bytes.
		return { step: messageYjsSyncStep1, verdict: 'malformed' };
	}
}

function askForEverything(encoder: encoding.Encoder, doc: Y.Doc): void {
	encoding.writeVarUint(encoder, MESSAGE_NUMBERS.sync);
	writeSyncStep1(encoder, doc);
}

/** Two structs may wait for each other without a gap; Yjs would keep them waiting, and send them on, for ever. */
function dropPending(doc: Y.Doc): void {
	doc.store.pendingStructs = null;
	doc.store.pendingDs = null;
}
