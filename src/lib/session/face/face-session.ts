import type { RecordId } from '#core/kernel/ids.ts';
import { accessTo } from '#core/roster/permissions.ts';
import {
	decodeOwnFrame,
	encodeDraftMessage,
	encodeLedgerMessage,
	encodeLoginMessage,
	type OwnMessage,
} from '#core/wire/frames.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import type { FaceEnding, FaceLink } from '#lib/adapters/face/link.ts';
import { sign } from '#lib/adapters/signer.ts';
import { PacedSender } from '#lib/adapters/trunk-connection/paced-sender.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { FaceDrafts } from './face-drafts.ts';
import { FaceLedger } from './face-ledger.ts';
import { FaceLogin, type FaceLoginRefusal, type FaceMate, type Fingerprints } from './face-login.ts';
import { keptPolls } from '../kept-polls.ts';

/** What went over since the two phones met: records and drafts. */
export interface FaceSummary {
	readonly received: number;
	readonly given: number;
}
/** `face-silent`: connected, but the other side did not prove who it is in time. */
export type FaceSessionRefusal = FaceLoginRefusal | 'face-silent' | 'face-misspoken';

export interface FaceNotes {
	met(mate: FaceMate): void;
	summary(summary: FaceSummary): void;
	/** Whether nothing has gone over for a moment: it may be ended. */
	settled(isSettled: boolean): void;
	/** For good: the other side ended it, it was cut, or the other side may not be spoken to. */
	over(why: 'ended' | 'lost' | FaceSessionRefusal): void;
}

const LOGIN_MS = 10_000;
const SETTLED_MS = 1000;
/** Messages that only ask, or say that there is nothing to do. */
const IDLE: readonly string[] = ['hello', 'same', 'have', 'subscribe'];

/** FACE-5..8: two connected phones: first they prove who they are, then they are kept in step until one of them ends it. */
export class FaceSession {
	readonly #workspace: Workspace;
	readonly #link: FaceLink;
	readonly #notes: FaceNotes;
	readonly #login: FaceLogin;
	readonly #paced: PacedSender;
	readonly #patience: ReturnType<typeof setTimeout>;
	#ledger: FaceLedger | undefined;
	#drafts: FaceDrafts | undefined;
	#queue: Promise<void> = Promise.resolve();
	#isOver = false;
	#settling: ReturnType<typeof setTimeout> | undefined;

	constructor(workspace: Workspace, link: FaceLink, fingerprints: Fingerprints, notes: FaceNotes) {
		this.#workspace = workspace;
		this.#link = link;
		this.#notes = notes;
		const { copy, corner } = workspace;
		const home = { ...corner, copy, sign: (message: Uint8Array) => sign(corner.privateKey, message) };
		this.#login = new FaceLogin(home, fingerprints, (message) => link.send(encodeLoginMessage(message)));
		this.#paced = new PacedSender({ waiting: () => link.waiting, send: (bytes) => link.send(bytes) });
		this.#patience = setTimeout(() => this.#refuse('face-silent'), LOGIN_MS);
		link.onending = (ending) => this.#ended(ending);
		link.listen((frame) => this.#enqueue(frame));
		this.#login.begin();
	}

	/** To be called whenever the ledger of this device has changed. */
	changed(): void {
		this.#ledger?.compare();
		void this.#drafts?.compare();
	}

	end(): void {
		if (this.#stop()) this.#link.end();
	}

	/** One message after the other: admission asks the ledger and then changes it. */
	#enqueue(frame: Uint8Array): void {
		this.#queue = this.#queue.then(() => this.#hear(frame)).catch((bug: unknown) => console.error(bug));
	}

	async #hear(frame: Uint8Array): Promise<void> {
		if (this.#isOver) return;
		const read = decodeOwnFrame(frame);
		if (!read.ok) return this.#refuse('face-misspoken');
		const { number, message } = read.value;
		if (number === 65) return this.#prove(message);
		this.#stir(message);
		// Between a proof and its welcome the other side may speak already.
		if (number === 64) return this.#ledger?.hear(message);
		return this.#drafts?.hear(message);
	}

	async #prove(message: Extract<OwnMessage, { number: 65 }>['message']): Promise<void> {
		if (this.#ledger) return this.#refuse('face-misspoken');
		const mate = await this.#login.hear(message);
		if (!mate.ok) return this.#refuse(mate.error);
		if (mate.value && !this.#isOver) this.#meet(mate.value);
	}

	#meet(mate: FaceMate): void {
		clearTimeout(this.#patience);
		const { copy, corner, role } = this.#workspace;
		const side = {
			copy,
			key: corner.key,
			mayOffer: role !== undefined && accessTo('ledger', role) === 'write',
			mateMayOffer: accessTo('ledger', mate.role) === 'write',
			keeps: () => keptPolls(this.#workspace),
			unsent: () => this.#unsent(),
		};
		const say = (message: LedgerMessage | DraftMessage, frame: Uint8Array) => {
			this.#stir(message);
			this.#link.send(frame);
		};
		const send = (message: LedgerMessage) => say(message, encodeLedgerMessage(message));
		const sendPaced = (messages: Iterable<LedgerMessage>) => this.#paced.add(encoded(messages));
		this.#ledger = new FaceLedger(side, { send, sendPaced });
		this.#drafts = new FaceDrafts(copy, mate.role, (message) => say(message, encodeDraftMessage(message)));
		for (const part of [this.#ledger, this.#drafts]) part.onchange = () => this.#sum();
		this.#notes.met(mate);
		this.#notSettled();
		this.#ledger.compare();
		void this.#drafts.compare();
	}

	#unsent(): readonly RecordId[] {
		const { outbox } = this.#workspace;
		return outbox.flatMap(({ id, kind, refusal }) => (kind === 'record' && !refusal ? [id as RecordId] : []));
	}

	#sum(): void {
		if (!this.#ledger || !this.#drafts) return;
		const received = this.#ledger.received.size + this.#drafts.received.size;
		this.#notes.summary({ received, given: this.#ledger.given.size + this.#drafts.given.size });
	}

	#stir({ t }: LedgerMessage | DraftMessage): void {
		if (!IDLE.includes(t)) this.#notSettled();
	}

	#notSettled(): void {
		clearTimeout(this.#settling);
		this.#notes.settled(false);
		this.#settling = setTimeout(() => {
			if (this.#link.waiting > 0) this.#notSettled();
			else this.#notes.settled(true);
		}, SETTLED_MS);
	}

	#refuse(refusal: FaceSessionRefusal): void {
		if (!this.#stop()) return;
		this.#link.end();
		this.#notes.over(refusal);
	}

	#ended(ending: FaceEnding): void {
		if (!this.#stop()) return;
		this.#notes.over(ending === 'malformed' ? 'face-misspoken' : ending);
	}

	/** Whether it was not over before. */
	#stop(): boolean {
		if (this.#isOver) return false;
		this.#isOver = true;
		clearTimeout(this.#patience);
		clearTimeout(this.#settling);
		this.#paced.stop();
		this.#ledger?.close();
		this.#drafts?.close();
		return true;
	}
}

function* encoded(messages: Iterable<LedgerMessage>): Iterable<Uint8Array> {
	for (const message of messages) yield encodeLedgerMessage(message);
}
