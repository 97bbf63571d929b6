import { currentLocale } from './locale.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const STEP = 1000;

/** A number of bytes in the largest unit that leaves a one before the point: 1.3 MB. */
export function sizeText(bytes: number): string {
	const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(STEP)), UNITS.length - 1);
	const format = { style: 'unit', unit: UNITS[power] ?? 'byte', maximumFractionDigits: 1 } as const;
	return new Intl.NumberFormat(currentLocale(), format).format(bytes / STEP ** power);
}
