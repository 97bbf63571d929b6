import { expect, test } from 'vitest';
import type { CarriedFile } from '#core/bundle/carried-file.ts';
import { factsOf } from '#core/bundle/facts.ts';
import type { RecordId } from '#core/kernel/ids.ts';
import { signReceipt } from '#core/polls/acts.ts';
import { publishableParts } from '#core/publication/rules.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, publish } from '../../support/outcome.ts';
import { fileOf, reasonsAgainst, verdictOn } from '../../support/outcome-file.ts';

/**
 * Everybody approves but 孙德福, whose ballot the convener leaves out of the list. The tellers certify with him, as they
 * do who do not look. `receipt`: he had signed that he holds it.
 */
function omitted(seed: string, receipt: boolean): { file: CarriedFile; ballot: RecordId } {
	const council = new Council(seed);
	const { corner, convener } = council;
	const topic = council.topic();
	const poll = council.poll(topic);
	for (const person of council.everybody) if (person !== council.sun) council.vote(person, poll, 'approve');
	const honest = council.count(poll);
	const ballot = council.vote(council.sun, poll, 'reject');
	if (receipt) corner.act(convener, (composer) => signReceipt(composer, poll, [ballot]));
	const close = council.close(poll, { ids: honest.ids, declared: honest.tally.counts });
	council.certify(close, council.li, council.chen);
	agreedMinutes(council, topic);
	const outcome = publish(council, must(publishableParts(corner.state, council.topicState(topic))));
	council.cosign(council.li, outcome, 'approve');
	return { file: fileOf(corner, outcome), ballot };
}

test('[BUNDLE-11] a ballot that the closer held and left out is a defect, in the file or cut out of it', async () => {
	const { file, ballot } = omitted('receipted', true);
	expect(await reasonsAgainst(file)).toEqual(['closing-defect']);
	const verdict = await verdictOn(file);
	expect(verdict.verdict === 'not-verified' && verdict.reasons).toEqual([
		{ code: 'closing-defect', names: ['omits-receipted-ballot'] },
	]);
	const cut = { ...file, records: file.records.filter(({ id }) => id !== ballot) };
	const cutVerdict = await verdictOn(cut);
	expect(cutVerdict.verdict === 'not-verified' && cutVerdict.reasons).toEqual([
		{ code: 'record-missing', names: [ballot] },
	]);
});

test('[BUNDLE-11] one that nobody can prove was held is told as late', async () => {
	const verdict = await verdictOn(omitted('unreceipted', false).file);
	expect(verdict.verdict).toBe('verified');
	expect(factsOf(verdict)).toContainEqual({ code: 'late', about: 'conduct', params: { count: 1 } });
});

test('[BUNDLE-11] a ballot that the list names cannot be taken out of the file', async () => {
	const { file, ballot } = omitted('listed', false);
	const listed = must(file.records.find(({ type, id }) => type === 'ballot' && id !== ballot));
	const less = { ...file, records: file.records.filter((record) => record !== listed) };
	expect(await reasonsAgainst(less)).toEqual(['recount-differs', 'closing-defect']);
});
