import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeCarriedFile } from '#core/bundle/carried-file.ts';
import { castBallot } from '#core/polls/casting.ts';
import { withdrawOutcome } from '#core/publication/acts.ts';
import { slugOf } from '#core/publication/document.ts';
import { tellElderDayCare } from '../../server/cli/scenario/elder-day-care.ts';
import { StoryClient } from '../../server/cli/scenario/story-client.ts';
import { REST } from '../../server/relay/outcome-files.ts';
import { must } from '../support/must.ts';
import { fileOf, reasonsAgainst } from '../support/outcome-file.ts';
import { startRelay } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

const unpacked = (file: Uint8Array | undefined): Uint8Array => new Uint8Array(gunzipSync(must(file)));

test('[BUNDLE-8] the relay gives what is public as a file, as it stands now, and nothing of what was withdrawn', async () => {
	let now = Date.now();
	const { relay, host } = await startRelay((store) => store, { founding: 'open', now: () => now });
	const { corner, topic, poll, people } = tellElderDayCare();
	const client = await StoryClient.connect(corner, corner.founder, host);
	await client.offerAll();
	const slug = slugOf(topic);
	const first = await relay.outcomeFile(slug);
	expect(unpacked(first)).toEqual(encodeCarriedFile(fileOf(corner)));
	expect(await reasonsAgainst(unpacked(first), corner.grid)).toEqual([]);
	expect(await relay.outcomeFile(slug)).toBe(first);
	expect(await relay.outcomeFile('aaaaaaaaaa')).toBeUndefined();

	const late = corner.act(must(people.voters[6]), (composer) => castBallot(composer, poll, 'reject', []));
	await client.offerAll();
	expect(await relay.outcomeFile(slug)).toBe(first);
	now += REST;
	const second = unpacked(await relay.outcomeFile(slug));
	expect(second).toEqual(encodeCarriedFile(fileOf(corner)));
	expect(fileOf(corner).records.map(({ id }) => id)).toContain(late);

	const published = must(corner.ledger.ofType('publish')[0]).id;
	const as = corner.grantOf('convener');
	corner.act(corner.founder, (composer) => withdrawOutcome(composer, as, topic, '写了电话', [published]));
	await client.offerAll();
	await eventually(async () => expect(await relay.outcomeFile(slug)).toBeUndefined());
	client.close();
});
