import { m } from '#lib/i18n/paraglide/messages.js';

/** What a `poll.open` can hold. */
const MOST_OPTIONS = 20;
const LONGEST_OPTION = 60;

/** One option a line, empty lines left out. */
export const optionsIn = (lines: string): readonly string[] =>
	lines
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');

/** What is wrong with the options; undefined where nothing is. */
export function optionsFault(options: readonly string[]): string | undefined {
	if (options.length < 2) return m.choice_options_too_few();
	if (options.length > MOST_OPTIONS) return m.choice_options_too_many({ most: MOST_OPTIONS });
	const long = options.find((name) => name.length > LONGEST_OPTION);
	if (long !== undefined) return m.choice_options_too_long({ most: LONGEST_OPTION, name: long.slice(0, 12) });
	const twice = options.find((name, index) => options.indexOf(name) < index);
	return twice === undefined ? undefined : m.choice_options_twice({ name: twice });
}
