import { expect, test } from 'vitest';
import type { RecordId } from '#core/kernel/ids.ts';
import { addPlace, endPlace, type PlacePlan } from '#core/places/acts.ts';
import { mayAddPlace, mayEndPlace } from '#core/places/rules.ts';
import { childrenOf, pathOf, placesOfKind } from '#core/places/selectors.ts';
import { addWithoutDevice, type Home } from '#core/roster/acts.ts';
import { changeHome } from '#core/roster/device-acts.ts';
import { permission } from '#core/roster/rules.ts';
import type { CouncilMember } from '#core/roster/state.ts';
import { Council } from '../../support/council.ts';
import { forge } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { verdictOn } from '../../support/offering.ts';

function placed() {
	const council = new Council('places');
	const { corner, convener } = council;
	const add = (plan: PlacePlan): RecordId => corner.act(convener, (composer) => addPlace(composer, council.as, plan));
	const community = add({ kind: 'community', name: '东风社区' });
	const courtyard = add({ kind: 'courtyard', name: '1号院', parent: community });
	const building = add({ kind: 'building', name: '3号楼', parent: courtyard });
	return { council, corner, convener, add, community, courtyard, building };
}

test('[PLACE-1] places make a tree, and one that was ended is gone from it', () => {
	const { council, corner, convener, community, courtyard, building } = placed();
	const names = () => pathOf(corner.state.places, building).map(({ name }) => name);
	expect(names()).toEqual(['东风社区', '1号院', '3号楼']);
	expect(childrenOf(corner.state.places, community).map(({ id }) => id)).toEqual([courtyard]);
	corner.act(convener, (composer) => endPlace(composer, council.as, community));
	expect(names()).toEqual(['1号院', '3号楼']);
	expect(childrenOf(corner.state.places, undefined).map(({ id }) => id)).toEqual([courtyard]);
	expect(placesOfKind(corner.state.places, 'community')).toEqual([]);
});

test('[PLACE-2] who keeps the roster adds places, narrower ones into wider ones, each name once', () => {
	const { council, corner, convener, courtyard, building } = placed();
	const { roster, places } = corner.state;
	const ask = (member: RecordId, plan: PlacePlan) => {
		const may = mayAddPlace(roster, places, member, plan);
		return may.ok ? 'ok' : may.error;
	};
	const { member } = convener;
	expect(ask(member, { kind: 'building', name: '4号楼', parent: courtyard })).toBe('ok');
	expect(ask(member, { kind: 'building', name: '3号楼', parent: courtyard })).toBe('place-name-taken');
	expect(ask(member, { kind: 'courtyard', name: '2号院', parent: building })).toBe('place-kind-order');
	expect(ask(council.zhao.member, { kind: 'building', name: '4号楼', parent: courtyard })).toBe('not-permitted');
});

test('[PLACE-3] only an empty place is ended', () => {
	const { council, corner, convener, courtyard, building } = placed();
	const ask = (place: RecordId, member = convener.member) => {
		const may = mayEndPlace(corner.roster, corner.state.places, member, place);
		return may.ok ? 'ok' : may.error;
	};
	expect(ask(courtyard)).toBe('place-not-empty');
	expect(ask(building)).toBe('ok');
	expect(ask(building, council.zhao.member)).toBe('not-permitted');
	const card = { name: '钱新来', building: '3号楼' };
	corner.act(convener, (composer) =>
		addWithoutDevice(composer, council.as, card, corner.salt('钱'), { household: building }),
	);
	expect(ask(building)).toBe('place-not-empty');
});

test('[PLACE-4] who keeps the roster changes where a member lives, and nobody moves himself', () => {
	const { council, corner, convener, courtyard, building } = placed();
	const registrar = corner.welcome('孙主任', '1号楼', 'registrar');
	const { zhao, li } = council;
	const home = () => homeOf(council, zhao.member);
	const move = (to: Home) =>
		corner.act(convener, (composer) =>
			changeHome(composer, council.as, must(corner.roster.members.get(zhao.member)), to),
		);
	expect(home()).toEqual({ courtyard: undefined, household: undefined });
	move({ courtyard, household: building });
	expect(home()).toEqual({ courtyard, household: building });
	expect(mayEndPlace(corner.roster, corner.state.places, convener.member, building).ok).toBe(false);
	const moved = move({ courtyard });
	expect(home()).toEqual({ courtyard, household: undefined });
	expect(must(corner.roster.members.get(zhao.member)).homes).toEqual([moved]);
	expect(mayEndPlace(corner.roster, corner.state.places, convener.member, building).ok).toBe(true);

	const may = ({ member }: { readonly member: RecordId }) => permission(corner.roster, member, 'member.home').ok;
	expect([convener, registrar, zhao, li].map(may)).toEqual([true, true, false, false]);
	const body = { member: zhao.member, courtyard, after: [] };
	expect(verdictOn(corner, forge(corner, zhao.device, 'member.home', body))).toBe('not-permitted');
});

test('[PLACE-4] two who move somebody at the same time are both heard, until one replaces them', () => {
	const { council, corner, convener, courtyard, building } = placed();
	const before = must(corner.roster.members.get(council.zhao.member));
	const move = (from: CouncilMember, to: Home) =>
		corner.act(convener, (composer) => changeHome(composer, council.as, from, to));
	const both = [move(before, { courtyard }), move(before, { household: building })];
	const between = must(corner.roster.members.get(council.zhao.member));
	expect([...between.homes].sort()).toEqual(both.sort());
	const settled = move(between, { courtyard, household: building });
	expect(must(corner.roster.members.get(council.zhao.member)).homes).toEqual([settled]);
});

test('[PLACE-5] a member who moves, and a place that ends, change no roll and no count of an open vote', () => {
	const { council, corner, convener, courtyard, building } = placed();
	const { zhao } = council;
	const move = (to: Home) =>
		corner.act(convener, (composer) =>
			changeHome(composer, council.as, must(corner.roster.members.get(zhao.member)), to),
		);
	move({ courtyard, household: building });
	const poll = council.poll(council.topic());
	council.vote(zhao, poll, 'approve');
	const [before, counts] = [council.pollState(poll), council.count(poll).tally.counts];
	move({});
	corner.act(convener, (composer) => endPlace(composer, council.as, building));
	expect(homeOf(council, zhao.member).courtyard).toBeUndefined();
	expect(council.pollState(poll)).toEqual(before);
	expect(before.roll).toHaveLength(7);
	expect(council.count(poll).tally.counts).toEqual(counts);
});

function homeOf({ corner }: Council, member: RecordId): { readonly [K in keyof Home]-?: RecordId | undefined } {
	const { courtyard, household } = must(corner.roster.members.get(member));
	return { courtyard, household };
}
