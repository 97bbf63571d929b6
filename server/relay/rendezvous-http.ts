import type { IncomingMessage, ServerResponse } from 'node:http';
import { err, ok, type Result } from '#core/kernel/result.ts';
import {
	readDeposit,
	readTake,
	RENDEZVOUS_LIMITS,
	RENDEZVOUS_PATH,
	type RendezvousRefusal,
} from '#core/wire/rendezvous.ts';
import { isOwnPage, type Visitors } from './visitors.ts';
import type { Rendezvous } from './rendezvous.ts';

const STATUS: Readonly<Record<RendezvousRefusal, number>> = {
	'request-malformed': 400,
	'code-unknown': 404,
	'code-ended': 410,
	'code-taken': 409,
	'too-many-tries': 429,
	'relay-full': 503,
};
/** A body this small comes at once, or is no honest one. In milliseconds. */
const PATIENCE = 5000;

/** CODE-2: answers what belongs to the rendezvous, and says whether it did. Nothing of it is ever logged. */
export function answerRendezvous(
	rendezvous: Rendezvous,
	visitors: Visitors,
	request: IncomingMessage,
	response: ServerResponse,
): boolean {
	const path = request.url?.split('?')[0];
	if (path !== RENDEZVOUS_PATH.deposit && path !== RENDEZVOUS_PATH.take) return false;
	const address = visitors.addressOf(request);
	const answer = (body: unknown): Result<unknown, RendezvousRefusal> => {
		const asked = path === RENDEZVOUS_PATH.take ? readTake(body) : readDeposit(body);
		if (!asked.ok) return asked;
		if ('verifier' in asked.value) return rendezvous.take(address, asked.value);
		return rendezvous.deposit(address, asked.value);
	};
	void readJson(request, visitors.origin).then((body) => send(response, body.ok ? answer(body.value) : body));
	return true;
}

/** JSON is no simple request: a page of another origin cannot send it unasked, and asking is refused. */
async function readJson(
	request: IncomingMessage,
	origin: string | undefined,
): Promise<Result<unknown, RendezvousRefusal>> {
	const isJson = request.headers['content-type']?.split(';')[0] === 'application/json';
	if (request.method !== 'POST' || !isJson || !isOwnPage(request, origin)) return err('request-malformed');
	const bytes = await readBody(request);
	try {
		return bytes ? ok(JSON.parse(bytes.toString('utf8'))) : err('request-malformed');
	} catch {
		return err('request-malformed');
	}
}

/** undefined when it is too large, too slow, or cut. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
	const timer = setTimeout(() => request.destroy(), PATIENCE);
	const pieces: Buffer[] = [];
	let size = 0;
	try {
		for await (const piece of request as AsyncIterable<Buffer>) {
			size += piece.length;
			if (size > RENDEZVOUS_LIMITS.body) return undefined;
			pieces.push(piece);
		}
		return Buffer.concat(pieces);
	} catch {
		return undefined;
	} finally {
		clearTimeout(timer);
	}
}

function send(response: ServerResponse, outcome: Result<unknown, RendezvousRefusal>): void {
	response.writeHead(outcome.ok ? 200 : STATUS[outcome.error], {
		'content-type': 'application/json',
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff',
		// What was too large is not read to its end.
		connection: 'close',
	});
	response.end(JSON.stringify(outcome.ok ? outcome.value : { code: outcome.error }));
}
