import english from '../../src/lib/i18n/messages/en/laptop.json' with { type: 'json' };
import chinese from '../../src/lib/i18n/messages/zh-Hans/laptop.json' with { type: 'json' };

export type Sentence = Exclude<keyof typeof chinese, '$schema'>;

/** In both languages: a laptop in a courtyard speaks to everybody who walks by. */
export function sentence(
	name: Sentence,
	params: Readonly<Record<string, string | number>> = {},
): readonly [string, string] {
	const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, param: string) => String(params[param] ?? whole));
	return [filled(chinese[name]), filled(english[name])];
}
