import { decodeCarriedFile, encodeCarriedFile } from '#core/bundle/carried-file.ts';
import { verifyOutcome } from '#core/bundle/verify.ts';
import { toBase64Url } from '#core/kernel/base64url.ts';
import { decodeCbor, encodeCbor, MESSAGE_LIMITS } from '#core/kernel/cbor.ts';
import { equalBytes } from '#core/kernel/ids.ts';
import { examine } from '#core/ledger/admission.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import { parseWire, payloadOf, type HeldRecord } from '#core/ledger/record.ts';
import { chunkAt, encodeSignal, readChunk } from '#core/wire/chunks.ts';
import { decodeOwnFrame, encodeDraftMessage, encodeLedgerMessage, encodeLoginMessage } from '#core/wire/frames.ts';
import type { OwnMessage } from '#core/wire/frames.ts';
import { answer } from '#core/wire/reconcile.ts';
import { formatRelayCard, parseRelayCard } from '#core/wire/relay-card.ts';
import { must } from '../support/must.ts';
import type { Random } from '../support/random.ts';
import type { Corpus } from './corpus.ts';
import { mutated, withOtherField } from './mutations.ts';

/** Throws one thing at one reader; answers what is wrong with what the reader said, if anything is. */
export type Target = (random: Random, corpus: Corpus) => string | undefined | Promise<string | undefined>;

/** How often each is drawn, in a thousand. */
export const TARGETS: readonly (readonly [name: string, share: number, target: Target])[] = [
	['record', 400, (random, corpus) => recordFault(corpus, mutated(random, ...twoOf(random, corpus.wires)))],
	['field', 250, (random, corpus) => recordFault(corpus, withOtherField(random, ...twoOf(random, corpus.wires)))],
	['cbor', 150, (random) => cborFault(random.bytes(random.below(120)))],
	['card', 10, (random, { card }) => cardFault(mutated(random, card, random.bytes(40)))],
	['chunk', 10, (random) => chunkFault(random.bytes(random.below(8)))],
	['frame', 165, (random, corpus) => frameFault(corpus, mutated(random, ...twoOf(random, corpus.frames)))],
	['file', 6, (random, corpus) => fileFault(corpus, mutated(random, corpus.carried, corpus.outcome))],
	['forged file', 4, (random, corpus) => fileFault(corpus, withForgery(random, corpus, corpus.carried))],
	['outcome', 3, (random, corpus) => outcomeFault(corpus, mutated(random, corpus.outcome, corpus.carried))],
	['forged outcome', 2, (random, corpus) => outcomeFault(corpus, withForgery(random, corpus, corpus.outcome))],
];

function twoOf(random: Random, all: readonly Uint8Array[]): readonly [Uint8Array, Uint8Array] {
	return [must(random.pick(all)), must(random.pick(all))];
}

/**
 * A file whose bytes are in order, one of whose records was never written, and from which another may be gone. What is
 * only gone proves nothing: no file can miss what nothing in it names (BUNDLE-4).
 */
function withForgery(random: Random, { ledger, wires }: Corpus, file: Uint8Array): Uint8Array {
	const honest = decodeCarriedFile(file);
	const forged = parseWire(withOtherField(random, ...twoOf(random, wires)));
	if (!honest.ok || !forged.ok || isHonest(ledger, forged.value)) return file;
	const { records } = honest.value;
	const gone = random.below(records.length * 2);
	return encodeCarriedFile({
		...honest.value,
		records: [...records.filter((_, index) => index !== gone), forged.value],
	});
}

const isHonest = (ledger: Ledger, { id, wire }: HeldRecord): boolean =>
	equalBytes(ledger.held(id)?.wire ?? new Uint8Array(), wire);

/** Every honest record is held, so whatever is new was never written by who it says. */
function recordFault({ grid, ledger, isTrue }: Corpus, wire: Uint8Array): string | undefined {
	const parsed = parseWire(wire);
	if (!parsed.ok) return undefined;
	const record = parsed.value;
	const examined = examine(ledger, grid, record);
	if (examined.verdict === 'duplicate') {
		const held = must(ledger.held(record.id));
		return equalBytes(payloadOf(held), payloadOf(record)) ? undefined : 'other content under a held id';
	}
	const accepted = examined.verdict === 'accept' && examined.checks.every(isTrue);
	return accepted ? 'a mutated record was accepted' : undefined;
}

function cborFault(bytes: Uint8Array): string | undefined {
	const decoded = decodeCbor(bytes, MESSAGE_LIMITS);
	if (!decoded.ok || equalBytes(encodeCbor(decoded.value), bytes)) return undefined;
	return 'bytes were read that would be written otherwise';
}

/** What a relay or a device does with a frame, to the answers that it would send. */
function frameFault(corpus: Corpus, frame: Uint8Array): string | undefined {
	const cbor = cborFault(frame.subarray(1));
	const decoded = decodeOwnFrame(frame);
	if (cbor !== undefined || !decoded.ok) return cbor;
	if (!equalBytes(encoded(decoded.value), frame)) return 'a frame was read that would be written otherwise';
	if (decoded.value.number !== 64) return undefined;
	const { message } = decoded.value;
	for (const reply of answer(corpus.ledger, message)) encodeLedgerMessage(reply);
	if (message.t !== 'records') return undefined;
	return message.wires.map((wire) => recordFault(corpus, wire)).find((fault) => fault !== undefined);
}

function encoded(own: OwnMessage): Uint8Array {
	if (own.number === 64) return encodeLedgerMessage(own.message);
	return own.number === 65 ? encodeLoginMessage(own.message) : encodeDraftMessage(own.message);
}

function cardFault(bytes: Uint8Array): string | undefined {
	const link = `https://corner.example/app/courtyard#${toBase64Url(bytes)}`;
	const card = parseRelayCard(link);
	if (!card.ok || formatRelayCard('https://corner.example', card.value) === link) return undefined;
	return 'a card was read that would be written otherwise';
}

function chunkFault(bytes: Uint8Array): string | undefined {
	const chunk = readChunk(bytes);
	if (!chunk.ok) return undefined;
	const again = 'bytes' in chunk.value ? chunkAt(chunk.value.bytes, 0) : encodeSignal(chunk.value);
	return equalBytes(again, bytes) ? undefined : 'a chunk was read that would be written otherwise';
}

function fileFault(corpus: Corpus, bytes: Uint8Array): string | undefined {
	const file = decodeCarriedFile(bytes);
	if (!file.ok) return undefined;
	if (encodeCarriedFile(file.value).length > bytes.length) return 'a file was read that would be written longer';
	return file.value.records.map(({ wire }) => recordFault(corpus, wire)).find((fault) => fault !== undefined);
}

async function outcomeFault({ outcome, isTrue }: Corpus, bytes: Uint8Array): Promise<string | undefined> {
	const { verdict } = await verifyOutcome(bytes, { isTrue });
	const same = equalBytes(bytes, outcome);
	if (verdict === 'verified') return same ? undefined : 'an altered outcome file was verified';
	return same ? 'the honest outcome file was not verified' : undefined;
}
