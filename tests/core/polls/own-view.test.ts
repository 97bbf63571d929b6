import { expect, test } from 'vitest';
import type { RecordId } from '#core/kernel/ids.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import type { Capacity } from '#core/roster/ending-rules.ts';
import { approveMinutes } from '#core/minutes/acts.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council, frozen } from '../../support/council.ts';
import { must } from '../../support/must.ts';

const FOUNDER: Capacity = { under: 'founder', needsQuorum: false };
const everything = { cuts: [], reason: 'misuse' } as const;

/** A vote that passed, five to nothing, certified by both tellers. */
function decided(seed: string) {
	const council = new Council(seed);
	const poll = council.poll(council.topic());
	for (const person of council.everybody.slice(0, 5)) council.vote(person, poll, 'approve');
	const close = council.close(poll);
	council.certify(close, council.li, council.chen);
	const before = council.pollState(poll).standing;
	expect(before?.decision.outcome).toBe('passed');
	const end = (type: 'device.revoke' | 'member.end' | 'role.end', target: RecordId) =>
		council.corner.act(council.convener, (composer) => endRight(composer, FOUNDER, { type, target, ...everything }));
	const standing = () => council.pollState(poll).standing;
	return { council, poll, close, before: must(before), end, standing };
}

const deviceOf = (council: Council, person: Person) => council.corner.authorityOf(person);

test('[POLL-14] revoking a voter with empty cuts after the certification changes no count, in structure or in the recount', () => {
	const { council, poll, close, before, end, standing } = decided('own-voter');
	end('device.revoke', deviceOf(council, council.zhao));
	expect(standing()).toEqual(before);
	const audit = council.audit(poll, close);
	expect(audit.recount).toBe('agrees');
	expect(audit.defects).toEqual([]);
});

test('[POLL-14] ending the convener’s grant leaves poll and closing as certified, and disputed', () => {
	const { council, before, end, standing } = decided('own-convener');
	end('role.end', must(council.as));
	expect(standing()).toEqual({ ...before, disputed: true });
});

test('[POLL-14] revoking both tellers leaves the outcome, disputed and never silent', () => {
	const { council, poll, close, before, end, standing } = decided('own-tellers');
	const disputed = [council.li, council.chen].map((teller) => {
		end('device.revoke', deviceOf(council, teller));
		return standing()?.disputed;
	});
	expect(disputed).toEqual([true, true]);
	expect(standing()).toEqual({ ...before, disputed: true });
	expect(council.audit(poll, close).recount).toBe('agrees');
	expect(council.pollState(poll).status).toBe('certified');
});

test('[POLL-14] the end of a member who voted changes no certified count', () => {
	const { council, before, end, standing } = decided('own-member');
	end('member.end', council.sun.member);
	expect(standing()).toEqual(before);
});

test('[POLL-14] a revocation that a closing took into account voids the ballot in it', () => {
	const council = new Council('own-revs');
	const poll = council.poll(council.topic());
	const ballots = [council.zhao, council.sun].map((person) => council.vote(person, poll, 'approve'));
	const target = council.corner.authorityOf(council.zhao);
	const revocation = council.corner.act(council.convener, (composer) =>
		endRight(composer, FOUNDER, { type: 'device.revoke', target, ...everything }),
	);
	const close = council.close(poll);
	expect(council.closing(poll, close).revs).toEqual([revocation]);
	expect(council.closing(poll, close).declared.units.approve).toBe(1);
	expect(council.audit(poll, close).defects).toEqual([]);
	expect(council.count(poll).ids).toEqual(ballots.slice(1));
});

test('[POLL-14] a closing that nobody certified falls with its closer', () => {
	const council = new Council('own-uncertified');
	const poll = council.poll(council.topic());
	council.close(poll);
	const end = { type: 'role.end', target: must(council.as), ...everything } as const;
	council.corner.act(council.convener, (composer) => endRight(composer, FOUNDER, end));
	expect(council.corner.state.polls.has(poll)).toBe(false);
});

test('[MIN-2] minutes stay approved when the teller who agreed leaves the office later', () => {
	const council = new Council('own-minutes');
	const { corner, li, chen, zhao, convener } = council;
	const topic = council.topic();
	const freeze = corner.act(li, (composer) =>
		composer.add('minutes.freeze', {
			as: must(corner.grantOf('secretary', li)),
			...{ topic, blob: composer.blob(frozen('同意。')), after: [] },
		}),
	);
	for (const person of [chen, zhao]) council.cosign(person, freeze, 'approve');
	const minutes = () => must(corner.state.minutes.get(freeze));
	corner.act(convener, (composer) => approveMinutes(composer, council.as, minutes()));
	expect(minutes().approval).toBeDefined();
	const target = must(corner.grantOf('teller', chen));
	corner.act(convener, (composer) => endRight(composer, FOUNDER, { type: 'role.end', target, ...everything }));
	expect(minutes().approval).toBeDefined();
});
