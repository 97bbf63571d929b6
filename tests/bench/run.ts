/**
 * `npm run bench [-- members]`: times side by side, in one run on one machine. What counts are the ratios; the seconds
 * are this machine's. Needs `npm run build` first.
 */
import { membersBench } from './members.ts';

const BENCHES = { members: membersBench } as const;

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) if (wanted.length === 0 || wanted.includes(name)) await bench();
