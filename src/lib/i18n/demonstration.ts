import { m } from './paraglide/messages.js';

const MARKS = ['演示', 'Demonstration'];

/** A corner whose name begins so says on every page that its figures are made up; otherwise undefined. */
export function demonstrationNote(gridName: string): string | undefined {
	return MARKS.some((mark) => gridName.startsWith(mark)) ? m.publication_demonstration() : undefined;
}
