import { expect, test } from 'vitest';
import type { RecordId } from '#core/kernel/ids.ts';
import { addPlace, endPlace, type PlacePlan } from '#core/places/acts.ts';
import { mayAddPlace, mayEndPlace } from '#core/places/rules.ts';
import { childrenOf, pathOf, placesOfKind } from '#core/places/selectors.ts';
import { addWithoutDevice } from '#core/roster/acts.ts';
import { Council } from '../../support/council.ts';

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
