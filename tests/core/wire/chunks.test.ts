import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHANNEL_WINDOW, ChunkQueue } from '#core/wire/chunk-queue.ts';
import { CHUNK, encodeSignal, FrameAssembly, readChunk, type Signal } from '#core/wire/chunks.ts';
import { browserOffer, calledBy, passwordIn, relayAnswer } from '#core/wire/webrtc-direct.ts';
import { must } from '../../support/must.ts';

const LIMIT = 1024 * 1024;
const SIGNALS: readonly Signal[] = [
	{ t: 'hello', version: 1 },
	...(['ping', 'pong', 'rest', 'go'] as const).map((t) => ({ t })),
	{ t: 'close', code: 4529 },
];

test('[DIRECT-1] frames of any size come out whole and in order, however slowly the channel takes them', () => {
	const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 * CHUNK }), edges()), {
		maxLength: 12,
	});
	fc.assert(
		fc.property(sizes, fc.integer({ min: 1, max: 40 }), (lengths, pace) => {
			const frames = lengths.map((length, index) => new Uint8Array(length).fill(index + 1));
			const channel = new SlowChannel();
			const queue = new ChunkQueue(channel);
			const taken: number[] = [];
			frames.forEach((frame, index) => queue.add(frame, () => taken.push(index)));
			while (channel.leave(pace)) queue.flow();
			expect(channel.sent.every(({ length }) => length <= CHUNK)).toBe(true);
			const whole = assembled(channel.sent);
			expect(whole.map(({ length }) => length)).toEqual(lengths);
			expect(whole.every((frame, index) => frame.every((byte) => byte === index + 1))).toBe(true);
			expect(taken).toEqual(frames.map((_, index) => index));
			expect(queue.waiting).toBe(0);
		}),
		{ numRuns: 50 },
	);
});

test('[DIRECT-1] a channel is never given more than a window, and what is urgent overtakes', () => {
	const channel = new SlowChannel();
	const queue = new ChunkQueue(channel);
	queue.add(new Uint8Array(LIMIT));
	expect(channel.waiting).toBeLessThan(CHANNEL_WINDOW + CHUNK);
	expect(queue.waiting).toBeGreaterThanOrEqual(LIMIT);
	queue.signal({ t: 'ping' });
	expect(readChunk(must(channel.sent.at(-1)))).toEqual({ ok: true, value: { t: 'ping' } });
});

test('[DIRECT-6] nothing of a frame leaves while the other side rests, and a goodbye leaves behind everything', () => {
	const channel = new SlowChannel();
	const queue = new ChunkQueue(channel);
	queue.rest();
	queue.add(Uint8Array.of(7));
	queue.addSignal({ t: 'close', code: 4403 });
	expect(channel.sent).toEqual([]);
	queue.goOn();
	expect(channel.sent.map((chunk) => readChunk(chunk))).toEqual([
		{ ok: true, value: { t: 'last', bytes: Uint8Array.of(7) } },
		{ ok: true, value: { t: 'close', code: 4403 } },
	]);
});

test('[DIRECT-2] every signal reads as it was written, and nothing else is read', () => {
	for (const signal of SIGNALS) expect(readChunk(encodeSignal(signal))).toEqual({ ok: true, value: signal });
	for (const signal of SIGNALS) expect(readChunk(Uint8Array.of(...encodeSignal(signal), 0)).ok).toBe(false);
	const foreign = [[], [8], [255, 1], [2], [7, 1]].map((bytes) => Uint8Array.from(bytes));
	for (const chunk of foreign) expect(readChunk(chunk)).toEqual({ ok: false, error: 'chunk-malformed' });
});

test('[DIRECT-2] a part that is not full is malformed, and a frame beyond the limit is refused before it is whole', () => {
	expect(readChunk(new Uint8Array(CHUNK - 1)).ok).toBe(false);
	expect(readChunk(new Uint8Array(CHUNK + 1)).ok).toBe(false);
	const assembly = new FrameAssembly(2 * CHUNK);
	const bytes = new Uint8Array(CHUNK - 1);
	const answers = [1, 2, 3].map(() => assembly.add({ t: 'part', bytes }).ok);
	expect(answers).toEqual([true, true, false]);
});

test('[DIRECT-3] the relay learns the browser’s password from the name by which it is called', () => {
	const password = 'gNCfL5fiWh2eIdgrymVY88/+';
	const browser = { called: calledBy(password), ufrag: 'Q6g5', address: '192.168.1.30', port: 50_000 };
	const offer = browserOffer(browser);
	expect(passwordIn(offer.ok ? offer.value : '')).toBe(password);
	const answer = relayAnswer(password, 'ab'.repeat(32), ['192.168.1.20', 'laptop.local'], 4181);
	expect(passwordIn(answer)).toBe(browser.called);
	expect(answer).toContain(`a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}\r\n`);
	expect(answer).toContain('a=candidate:2 1 UDP 999 laptop.local 4181 typ host\r\n');
});

test.each([
	'',
	'abcd',
	'corner/1/',
	'corner/1/short',
	`corner/1/${'a'.repeat(22)}\r\na=x`,
	'corner/2/gNCfL5fiWh2eIdgrymVY88',
])('[DIRECT-5] whoever calls the relay %j is no browser of ours', (called) => {
	const refused = browserOffer({ called, ufrag: 'Q6g5', address: '192.168.1.30', port: 50_000 });
	expect(refused).toEqual({ ok: false, error: 'stun-foreign' });
});

/** Sizes at which a frame ends with a chunk. */
function edges(): fc.Arbitrary<number> {
	return fc.constantFrom(CHUNK - 2, CHUNK - 1, CHUNK, 2 * CHUNK - 2, CHANNEL_WINDOW);
}

function assembled(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
	const assembly = new FrameAssembly(LIMIT);
	return chunks.flatMap((chunk) => {
		const read = readChunk(chunk);
		if (!read.ok || !('bytes' in read.value)) throw new Error('Not a piece of a frame');
		const frame = assembly.add(read.value);
		return frame.ok && frame.value ? [frame.value] : [];
	});
}

/** Keeps what it is given until it is told to let it go. */
class SlowChannel {
	readonly sent: Uint8Array[] = [];
	#left = 0;

	get waiting(): number {
		return this.sent.slice(this.#left).reduce((sum, { length }) => sum + length, 0);
	}

	send(chunk: Uint8Array): void {
		this.sent.push(chunk);
	}

	/** Whether anything was there to leave. */
	leave(count: number): boolean {
		const before = this.#left;
		this.#left = Math.min(this.sent.length, this.#left + count);
		return this.#left > before;
	}
}
