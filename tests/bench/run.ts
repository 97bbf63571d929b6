/**
 * `npm run bench [-- members | ledger | links]`: times side by side, in one run on one machine. What counts are the ratios; the
 * seconds are this machine's. `members` needs `npm run build` first.
 */
import { availableParallelism, loadavg } from 'node:os';
import { ledgerBench } from './ledger.ts';
import { linksBench } from './links.ts';
import { membersBench } from './members.ts';

const BENCHES = { ledger: ledgerBench, members: membersBench, links: linksBench } as const;

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	sayLoad();
	await bench();
	sayLoad();
}

/** Seconds mean little where others use the machine. */
function sayLoad(): void {
	const [minute = 0] = loadavg();
	console.log(`load average of the last minute ${minute.toFixed(1)}, on ${availableParallelism()} cores`);
}
