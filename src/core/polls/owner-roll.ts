import { groupBy } from '../kernel/group.ts';
import type { MemberId } from '../kernel/ids.ts';
import type { RollUnit } from './roll.ts';

export type LineFault = 'line-form' | 'line-area' | 'line-twice' | 'line-unknown' | 'line-ambiguous';

export interface FaultyLine {
	/** Counted from 1, as a person counts. */
	readonly line: number;
	readonly fault: LineFault;
	/** What the fault is about: a name, or the whole line. */
	readonly about: string;
}
/** A roll of owners as it was pasted. */
export interface OwnerRoll {
	/** One an owner, whatever the number of flats. */
	readonly units: readonly RollUnit[];
	/** How many flats there are to each unit, by its name. */
	readonly flats: ReadonlyMap<string, number>;
	readonly faults: readonly FaultyLine[];
}
interface Flat {
	readonly name: string;
	/** Hundredths of a square metre. */
	readonly area: number;
	readonly members: readonly MemberId[];
}

const LONGEST_NAME = 64;
const COLUMNS = /[,，\t;；]/;
const OWNERS = /[、/]/;
const AREA = /^(\d{1,7})(?:\.(\d{1,2}))?$/;

/**
 * POLL-15, RULES B.2: one flat a line, "房号, 面积, 业主". Several flats of the same owners are one unit with one head and
 * their areas added; so are all that the developer has not sold, entered under the developer's name. `find`: the members
 * whom a name can mean, since two people may share one.
 */
export function readOwnerRoll(text: string, find: (owner: string) => readonly MemberId[]): OwnerRoll {
	const faults: FaultyLine[] = [];
	const flats: Flat[] = [];
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		if (line.trim() === '') continue;
		const read = readLine(line, find, flats);
		if ('fault' in read) faults.push({ line: index + 1, ...read });
		else flats.push(read);
	}
	const byOwner = [...groupBy(flats, ({ members }) => [...members].sort().join()).values()];
	const merged = byOwner.map((own) => [mergeFlats(own), own.length] as const);
	return {
		units: merged.map(([unit]) => unit),
		flats: new Map(merged.map(([{ unit }, count]) => [unit, count])),
		faults,
	};
}

function readLine(
	line: string,
	find: (owner: string) => readonly MemberId[],
	before: readonly Flat[],
): Flat | Omit<FaultyLine, 'line'> {
	const [name = '', size = '', owners = '', ...more] = line.split(COLUMNS).map((column) => column.trim());
	if (name === '' || name.length > LONGEST_NAME || owners === '' || more.length > 0)
		return { fault: 'line-form', about: line };
	const area = hundredths(size);
	if (area === undefined) return { fault: 'line-area', about: size };
	if (before.some((flat) => flat.name === name)) return { fault: 'line-twice', about: name };
	const names = owners.split(OWNERS).map((owner) => owner.trim());
	const found = names.map((owner) => ({ owner, members: find(owner) }));
	const unclear = found.find(({ members }) => members.length !== 1);
	if (unclear) return { fault: unclear.members.length === 0 ? 'line-unknown' : 'line-ambiguous', about: unclear.owner };
	return { name, area, members: [...new Set(found.flatMap(({ members }) => members))] };
}

/** RULES B.0: integers, never floats. */
function hundredths(size: string): number | undefined {
	const [, whole, part = ''] = AREA.exec(size.replace(/(㎡|m²|平方米|平米)$/, '').trim()) ?? [];
	return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

function mergeFlats(flats: readonly Flat[]): RollUnit {
	const area = flats.reduce((sum, flat) => sum + flat.area, 0);
	return { unit: unitName(flats.map(({ name }) => name)), heads: 1, area, members: flats[0]?.members ?? [] };
}

/** 1-101、1-102, or as many as there is room for: 1-101、1-102等40套. */
function unitName(names: readonly string[]): string {
	const whole = names.join('、');
	if (whole.length <= LONGEST_NAME) return whole;
	const rest = `等${names.length}套`;
	const shown = names.slice(1).reduce((text, name) => {
		const longer = `${text}、${name}`;
		return longer.length + rest.length <= LONGEST_NAME && text.split('、').length < 3 ? longer : text;
	}, names[0] ?? '');
	return `${shown}${rest}`;
}
