import { encodeCarriedFile } from '#core/bundle/carried-file.ts';
import { fromBase64Url } from '#core/kernel/base64url.ts';
import type { DeviceKey, GridId } from '#core/kernel/ids.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { ownSignature, type SignatureCheck } from '#core/ledger/signatures.ts';
import { encodeDraftMessage, encodeLedgerMessage, encodeLoginMessage } from '#core/wire/frames.ts';
import { answer, hello, recordMessages } from '#core/wire/reconcile.ts';
import { formatRelayCard } from '#core/wire/relay-card.ts';
import { tellElderDayCare } from '../../server/cli/scenario/elder-day-care.ts';
import { Verifier } from '../../server/ed25519.ts';
import { must } from '../support/must.ts';
import { fileOf } from '../support/outcome-file.ts';

/** What is honest: everything that is thrown at the readers was made from it. */
export interface Corpus {
	readonly grid: GridId;
	/** Holds every record of the corpus, so that none of them may be taken a second time. */
	readonly ledger: Ledger;
	readonly wires: readonly Uint8Array[];
	readonly frames: readonly Uint8Array[];
	/** What stands in a courtyard relay's code. */
	readonly card: Uint8Array;
	readonly carried: Uint8Array;
	readonly outcome: Uint8Array;
	/** Remembers nothing but the honest signatures, of which a file holds many. */
	readonly isTrue: (check: SignatureCheck) => boolean;
}

export function makeCorpus(): Corpus {
	const { corner } = tellElderDayCare();
	const { grid, ledger, records } = corner;
	const drafts = [{ room: `${grid}.topic.${'ab'.repeat(32)}`, updates: [Uint8Array.of(0, 0)] }];
	return {
		...{ grid, ledger },
		wires: records.map(({ wire }) => wire),
		frames: framesOf(ledger),
		card: cardBytes(),
		carried: encodeCarriedFile({ grid, records, blobs: [...corner.blobs.values()], drafts }),
		outcome: encodeCarriedFile(fileOf(corner)),
		isTrue: rememberingHonest(records.map(ownSignature)),
	};
}

function cardBytes(): Uint8Array {
	const place = { port: 4181, addresses: ['192.168.1.20', 'fd00::2'], localName: 'laptop.local' };
	const relay = 'a1'.repeat(32) as DeviceKey;
	const link = formatRelayCard('', { relay, name: '院里', fingerprint: 'f2'.repeat(32), ...place, pairing: 'K7QD' });
	return must(fromBase64Url(must(link.split('#')[1])));
}

/** Messages of a real reconciliation with somebody who holds nothing, a login, and words about drafts. */
function framesOf(ledger: Ledger): readonly Uint8Array[] {
	const scopes = ledger.scopes();
	const greetings = scopes.map((scope) => hello(new Ledger(), scope));
	const buckets = greetings.flatMap((message) => answer(ledger, message));
	const ids = buckets.flatMap((message) => answer(new Ledger(), message));
	const wants = scopes.map((scope) => ({ t: 'want', scope, ids: ledger.idsOf(scope) }) as const);
	const records = recordMessages(null, ledger.everything().slice(0, 12));
	const key = ledger.everything()[0]?.by ?? ('' as never);
	const [nonce, signature] = [new Uint8Array(32).fill(7), new Uint8Array(64).fill(9)];
	const wires = ledger
		.everything()
		.slice(0, 4)
		.map(({ wire }) => wire);
	const room = `${'ab'.repeat(32)}.topic.${'cd'.repeat(32)}`;
	return [
		...[...greetings, ...buckets, ...ids, ...wants, ...records].map(encodeLedgerMessage),
		encodeLoginMessage({ t: 'challenge', relay: key, nonce, wires }),
		encodeLoginMessage({ t: 'proof', key, signature, wires, founding: 'K7QD-9M2X' }),
		encodeDraftMessage({ t: 'have', drafts: [[room, 'cd'.repeat(32)]] }),
		encodeDraftMessage({ t: 'step2', room, update: Uint8Array.of(0, 0) }),
		encodeDraftMessage({ t: 'past', updates: [[6, 7, key, Uint8Array.of(8)]] }),
	];
}

function rememberingHonest(honest: readonly SignatureCheck[]): (check: SignatureCheck) => boolean {
	const verifier = new Verifier();
	const nameOf = ({ key, message, signature }: SignatureCheck) =>
		[key, Buffer.from(signature).toString('latin1'), Buffer.from(message).toString('latin1')].join();
	const known = new Set(honest.filter((check) => verifier.isTrue(check)).map(nameOf));
	return (check) => known.has(nameOf(check)) || verifier.isTrue(check);
}
