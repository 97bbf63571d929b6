import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { slugOf } from '#core/publication/document.ts';
import { tellElderDayCare } from './scenario/elder-day-care.ts';
import { tellElevatorNoise } from './scenario/elevator-noise.ts';
import { GUESTS, openHouse } from './scenario/open-house.ts';
import type { StoryCorner } from './scenario/people.ts';
import { StoryClient } from './scenario/story-client.ts';

// `npm run demo`: the real server on a throw-away folder, and a story told to it as its people's devices would.
const START = fileURLToPath(new URL('../start.js', import.meta.url));
const port = process.env['PORT'] ?? '4180';
const host = process.env['HOST'] ?? '127.0.0.1';
const origin = process.env['ORIGIN'] ?? `http://${host}:${port}`;
const dataDir = mkdtempSync(join(tmpdir(), 'council-corner-demo-'));
const server = spawn(process.execPath, [START], {
	stdio: 'inherit',
	env: { ...process.env, PORT: port, HOST: host, DATA_DIR: dataDir, FOUNDING: 'open' },
});

server.on('exit', (code) => {
	rmSync(dataDir, { recursive: true, force: true });
	process.exit(code ?? 0);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));

await untilItAnswers();
// A seed of its own for each run: the keys of these corners must not be anybody's to guess.
const elders = tellElderDayCare(randomUUID());
const elevator = tellElevatorNoise(randomUUID());
const client = await bring(elders.corner);
(await bring(elevator.corner)).close();
const fragments = await openHouse(elders.corner, client);

console.log('\n演示 · 两件真事，见2017年和2020年的报道。姓名、数字和没写明的日子是编的。');
console.log('A demonstration of two reported cases; names, figures and untold dates are made up.\n');
console.log(`公开结果 public pages        ${origin}/`);
console.log(`日间照料中心 decided by vote  ${origin}/n/${slugOf(elders.topic)}`);
console.log(`电梯噪音 settled without vote ${origin}/n/${slugOf(elevator.topic)}\n`);
fragments.forEach((fragment, index) => console.log(`${GUESTS[index]?.label ?? ''}      ${origin}/join#${fragment}`));
console.log('\n每个链接请用不同的浏览器或无痕窗口打开。Open each link in a browser or private window of its own.');

/** As its founder's device would. Resolves when the relay has committed all of it. */
async function bring(corner: StoryCorner): Promise<StoryClient> {
	const client = await StoryClient.connect(corner, corner.founder, `${host}:${port}`);
	await client.offerAll();
	return client;
}

async function untilItAnswers(): Promise<void> {
	for (;;) {
		const answered = await fetch(`http://${host}:${port}/`).then(
			() => true,
			() => false,
		);
		if (answered) return;
		await pause(200);
	}
}
