import english from '../../src/lib/i18n/messages/en/verify.json' with { type: 'json' };
import chinese from '../../src/lib/i18n/messages/zh-Hans/verify.json' with { type: 'json' };

export type Sentence = keyof typeof chinese;
type Catalogue = Readonly<Record<Sentence, string>>;

/** The sentences of the pages, for a process without pages: as they are written, before they are compiled. */
export const CATALOGUES: readonly Catalogue[] = [chinese, english];

export function sentenceIn(
	catalogue: Catalogue,
	name: Sentence,
	params: Readonly<Record<string, string | number>> = {},
): string {
	return catalogue[name].replace(/\{(\w+)\}/g, (whole, param: string) => String(params[param] ?? whole));
}
