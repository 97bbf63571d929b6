/** Version of the rules by which names are masked in public (PUB-4). */
export const MASK_VERSION = 1;

/**
 * PUB-4: 张桂兰 → 张*兰, 王伟 → 王*, and a Latin name keeps the first letter of each word. Works on characters, so that
 * rare-name characters outside the basic plane are not torn.
 */
export function maskName(name: string): string {
	const characters = [...name.trim()];
	if (/^[\p{Script=Latin}\s'.-]+$/u.test(name)) return maskLatin(name);
	if (characters.length <= 1) return '*';
	if (characters.length === 2) return `${characters[0] ?? ''}*`;
	return `${characters[0] ?? ''}${'*'.repeat(characters.length - 2)}${characters.at(-1) ?? ''}`;
}

function maskLatin(name: string): string {
	const words = name.trim().split(/\s+/);
	return words.map((word) => `${word.slice(0, 1)}*`).join(' ');
}
