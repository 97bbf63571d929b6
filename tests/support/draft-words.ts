import * as Y from 'yjs';
import { readDraftFrame } from '../../server/relay/draft-frames.ts';
import type { RelayClient } from './relay-client.ts';

/** A state vector of somebody who has nothing. */
export const NOTHING_YET = Uint8Array.of(0);

/** An update of somebody who saw nothing and writes one word. */
export function word(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, `${text} `);
	return Y.encodeStateAsUpdate(doc);
}

/** The words of a draft that a client was told, in its room or on the trunk; undefined before it was told anything. */
export function wordsTold(client: RelayClient): readonly string[] | undefined {
	const updates = [...toldInRoom(client), ...toldOnTrunk(client)];
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return updates.length === 0 ? undefined : doc.getText('text').toString().trim().split(' ').sort();
}

function toldInRoom({ frames }: RelayClient): readonly Uint8Array[] {
	const read = frames.map(readDraftFrame);
	return read.flatMap((frame) => (frame.ok && frame.value.t === 'step2' ? [frame.value.update] : []));
}

function toldOnTrunk({ heard }: RelayClient): readonly Uint8Array[] {
	return heard.flatMap((own) => (own.number === 66 && own.message.t === 'step2' ? [own.message.update] : []));
}
