import { m } from '#lib/i18n/paraglide/messages.js';

/** More names in one line are read by nobody. */
const FEW = 3;

export const isMany = (names: readonly string[]): boolean => names.length > FEW;

/** 张秀英、李建国、王芳等 20 人. */
export function fewNames(names: readonly string[]): string {
	if (!isMany(names)) return names.join(m.list_comma());
	return m.poll_few_names({ names: names.slice(0, FEW).join(m.list_comma()), count: names.length });
}
