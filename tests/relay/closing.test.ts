import { expect, onTestFinished, test } from 'vitest';
import { ok } from '#core/kernel/result.ts';
import { TrunkConnection } from '#lib/adapters/trunk-connection.ts';
import { webSocketLine } from '#lib/adapters/web-socket-line.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';
import { page } from '../support/page.ts';
import type { RelayPerson } from '../support/relay-people.ts';
import { cornerWithWang, people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

test('[CLOSE-1] a device that is sent away for good stops, says so, and tries again only when the person asks', async () => {
	const running = await cornerWithWang();
	const { statuses, connection } = trunkOf(running, people.zhang);
	await eventually(() => expect(statuses).toEqual(['connecting', 'forbidden']));
	page.dispatchEvent(new Event('online'));
	page.dispatchEvent(new Event('visibilitychange'));
	expect(statuses).toEqual(['connecting', 'forbidden']);
	connection.connect();
	await eventually(() => expect(statuses).toEqual(['connecting', 'forbidden', 'connecting', 'forbidden']));
});

test('[CLOSE-1] [CLOSE-2] a device whose relay ends is told that it is lost, and comes back by itself', async () => {
	const running = await cornerWithWang();
	const { statuses } = trunkOf(running, people.wang);
	await eventually(() => expect(statuses).toEqual(['connecting', 'open']));
	await running.relay.close();
	await eventually(() => expect(statuses).toEqual(['connecting', 'open', 'lost']));
	await eventually(() => expect(statuses.slice(3)).toContain('connecting'));
});

function trunkOf({ host, corner }: Awaited<ReturnType<typeof cornerWithWang>>, person: RelayPerson) {
	const statuses: TrunkStatus[] = [];
	const credentials = {
		...{ grid: corner.grid, key: person.key, founding: undefined },
		sign: (message: Uint8Array) => Promise.resolve(person.sign(message)),
		introduction: () => Promise.resolve([]),
		accepts: () => Promise.resolve(true),
	};
	const connection = new TrunkConnection(async () => ok(webSocketLine(`ws://${host}/sync`)), credentials, {
		status: (status) => statuses.push(status),
		message: () => {},
		draft: () => {},
	});
	onTestFinished(() => connection.close());
	connection.connect();
	return { statuses, connection };
}
