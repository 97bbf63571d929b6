import type { RecordId } from '../kernel/ids.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import type { PlaceKind } from './records.ts';

export interface PlacePlan {
	readonly kind: PlaceKind;
	readonly name: string;
	readonly parent?: RecordId;
}

export function addPlace(composer: Composer, as: RecordId | undefined, plan: PlacePlan): RecordId {
	return composer.add('place.add', { ...cited(as), ...plan });
}

export function endPlace(composer: Composer, as: RecordId | undefined, place: RecordId): RecordId {
	return composer.add('place.end', { ...cited(as), target: place });
}
