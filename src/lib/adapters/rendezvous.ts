import { err, ok, type Result } from '#core/kernel/result.ts';
import {
	readDeposited,
	readRefusal,
	readTaken,
	RENDEZVOUS_PATH,
	type Deposit,
	type Deposited,
	type RendezvousRefusal,
	type Take,
	type Taken,
} from '#core/wire/rendezvous.ts';

export type MeetingRefusal = RendezvousRefusal | 'relay-unreachable';

/** With a dead DNS some calls stay pending for ever. */
const PATIENCE_MS = 8000;

/** CODE-2: leaves a sealed invitation at the relay of this origin. */
export const depositSealed = (origin: string, deposit: Deposit): Promise<Result<Deposited, MeetingRefusal>> =>
	post(origin + RENDEZVOUS_PATH.deposit, deposit, readDeposited);

/** CODE-2: fetches the one that a code opens. */
export const takeSealed = (origin: string, take: Take): Promise<Result<Taken, MeetingRefusal>> =>
	post(origin + RENDEZVOUS_PATH.take, take, readTaken);

async function post<T>(
	url: string,
	body: unknown,
	read: (answer: unknown) => Result<T, 'request-malformed'>,
): Promise<Result<T, MeetingRefusal>> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			credentials: 'omit',
			cache: 'no-store',
			referrerPolicy: 'no-referrer',
			signal: AbortSignal.timeout(PATIENCE_MS),
		});
		const answer = (await response.json()) as unknown;
		if (!response.ok) return err(readRefusal(answer) ?? 'relay-unreachable');
		const parsed = read(answer);
		return parsed.ok ? ok(parsed.value) : err('relay-unreachable');
	} catch {
		// No network, no answer in time, or a page that is not the relay's.
		return err('relay-unreachable');
	}
}
