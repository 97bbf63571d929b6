import type { MemberId } from '#core/kernel/ids.ts';
import { toHex } from '#core/kernel/ids.ts';
import { formatFaceCode, gridMark, parseFaceCode, type FaceCode, type FaceCodeRefusal } from '#core/wire/face-code.ts';
import { FacePeer, type FaceDialRefusal } from '#lib/adapters/face/peer.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { FaceSession, type FaceSessionRefusal, type FaceSummary } from './face-session.ts';

/**
 * `face-other-grid`: of another corner. `face-code-old`: it answers an earlier code. `face-own-code`: shown by this very
 * phone. `face-both-began`: both show a first code. `face-nobody-began`: a second code, and this phone showed no first.
 */
export type FaceRefusal =
	| FaceCodeRefusal
	| FaceDialRefusal
	| FaceSessionRefusal
	| 'not-admitted-yet'
	| 'face-other-grid'
	| 'face-code-old'
	| 'face-own-code'
	| 'face-both-began'
	| 'face-nobody-began';

/** Who begins shows the first code, then scans the second; the other scans, shows, and waits. */
export type FaceStep = 'start' | 'first-shown' | 'second-shown' | 'connecting' | 'met' | 'over';

/** After the second code was read; before, the other person may take their time. */
const CONNECT_MS = 15_000;
const WAIT_MS = 5 * 60 * 1000;
const MEETING_BYTES = 8;

/** FACE-8: two phones face to face, from the first code to the summary, as the page shows it. */
export class FaceMeeting {
	step: FaceStep = $state('start');
	/** The code to be shown, as the link that it holds. */
	code = $state('');
	refusal: FaceRefusal | undefined = $state();
	mate: MemberId | undefined = $state();
	summary: FaceSummary = $state.raw({ received: 0, given: 0 });
	/** Nothing more is on its way. */
	isSettled = $state(false);
	/** How it ended: by this side or the other, or cut. */
	ending: 'ended' | 'lost' | undefined = $state();
	isBusy = $state(false);
	readonly #workspace: Workspace;
	#peer: FacePeer | undefined;
	#session: FaceSession | undefined;
	#meeting = '';
	#unfollow: () => void = () => {};

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
	}

	/** Makes the first code. */
	begin(): Promise<void> {
		return this.#work(async () => {
			this.#meeting = toHex(randomBytes(MEETING_BYTES));
			const peer = await this.#open();
			if (!peer) return;
			this.#show(peer, 'first');
			this.step = 'first-shown';
		});
	}

	/** Reads the code of the other phone, whichever is expected now. */
	read(text: string): Promise<void> {
		return this.#work(async () => {
			const code = parseFaceCode(text);
			const refusal = code.ok ? this.#objection(code.value) : code.error;
			if (refusal || !code.ok) this.refusal = refusal;
			else await (code.value.kind === 'first' ? this.#answer(code.value) : this.#accept(code.value));
		});
	}

	end(): void {
		this.#leave();
		this.ending = 'ended';
		this.step = 'over';
	}

	/** From the beginning, as after a cut. */
	again(): void {
		this.#leave();
		this.step = 'start';
		[this.refusal, this.ending, this.mate] = [undefined, undefined, undefined];
		this.summary = { received: 0, given: 0 };
	}

	/** The page is left before they met, or the corner. */
	close(): void {
		this.#leave();
	}

	#objection({ grid, kind, meeting }: FaceCode): FaceRefusal | undefined {
		if (this.#workspace.me === undefined) return 'not-admitted-yet';
		if (grid !== gridMark(this.#workspace.corner.grid)) return 'face-other-grid';
		const hasBegun = this.step === 'first-shown';
		if (kind === 'second' && !hasBegun) return 'face-nobody-began';
		if (kind === 'second') return meeting === this.#meeting ? undefined : 'face-code-old';
		if (!hasBegun) return undefined;
		return meeting === this.#meeting ? 'face-own-code' : 'face-both-began';
	}

	async #answer(first: FaceCode): Promise<void> {
		this.#meeting = first.meeting;
		const peer = await this.#open(first);
		if (!peer) return;
		this.#show(peer, 'second');
		this.step = 'second-shown';
		void this.#connect(peer, first, WAIT_MS);
	}

	async #accept(second: FaceCode): Promise<void> {
		const peer = this.#peer;
		if (!peer || !(await peer.accept(second))) return void (this.refusal = 'face-code-broken');
		this.step = 'connecting';
		void this.#connect(peer, second, CONNECT_MS);
	}

	async #open(first?: FaceCode): Promise<FacePeer | undefined> {
		if (this.#workspace.me === undefined) return void (this.refusal = 'not-admitted-yet');
		this.#peer?.close();
		const peer = await FacePeer.open(first);
		if (peer.ok) return (this.#peer = peer.value);
		this.refusal = peer.error;
		return undefined;
	}

	#show(peer: FacePeer, kind: FaceCode['kind']): void {
		const grid = gridMark(this.#workspace.corner.grid);
		this.code = formatFaceCode(location.origin, { kind, grid, meeting: this.#meeting, ...peer.description });
	}

	async #connect(peer: FacePeer, other: FaceCode, patience: number): Promise<void> {
		const link = await peer.connected(patience);
		if (peer !== this.#peer) return peer.close();
		if (!link.ok) return this.#fail(link.error);
		this.step = 'connecting';
		const fingerprints = { own: peer.description.fingerprint, other: other.fingerprint };
		this.#session = new FaceSession(this.#workspace, link.value, fingerprints, {
			met: ({ member }) => {
				this.mate = member;
				this.step = 'met';
			},
			summary: (summary) => (this.summary = summary),
			settled: (isSettled) => (this.isSettled = isSettled),
			over: (why) => this.#over(why),
		});
		this.#follow(this.#session);
	}

	/** What changes in the ledger of this device, on whatever page, is told to the other. */
	#follow(session: FaceSession): void {
		this.#unfollow = $effect.root(() => {
			$effect(() => {
				void this.#workspace.revision;
				session.changed();
			});
		});
	}

	#over(why: 'ended' | 'lost' | FaceSessionRefusal): void {
		if (why !== 'ended' && why !== 'lost') return this.#fail(why);
		const wasMet = this.step === 'met';
		this.#leave();
		// The other side would not have this phone, or was gone before it said who it is.
		if (!wasMet) return this.#fail('face-silent');
		this.ending = why;
		this.step = 'over';
	}

	#fail(refusal: FaceRefusal): void {
		this.#leave();
		this.step = 'start';
		this.refusal = refusal;
	}

	#leave(): void {
		this.#unfollow();
		this.#session?.end();
		// Drafts that came, if a relay is reached meanwhile.
		if (this.#session) void this.#workspace.sendUnsentDrafts();
		this.#session = undefined;
		this.#peer?.close();
		this.#peer = undefined;
		this.code = '';
	}

	async #work(work: () => Promise<void>): Promise<void> {
		if (this.isBusy) return;
		this.isBusy = true;
		this.refusal = undefined;
		try {
			await work();
		} finally {
			this.isBusy = false;
		}
	}
}
