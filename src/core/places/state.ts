import type { RecordId } from '../kernel/ids.ts';
import type { PlaceKind } from './records.ts';

export interface Place {
	readonly id: RecordId;
	readonly kind: PlaceKind;
	readonly name: string;
	readonly parent: RecordId | undefined;
}
/** Every place that was not ended, by id, in the order of being added. */
export type Places = ReadonlyMap<RecordId, Place>;
