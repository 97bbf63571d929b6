const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const BASE = ALPHABET.length;

/** RFC 9285: in letters that a QR code packs into 5.5 bits each, so that nearly nothing is lost. */
export function toBase45(bytes: Uint8Array): string {
	let text = '';
	for (let start = 0; start < bytes.length; start += 2) {
		const pair = bytes.subarray(start, start + 2);
		const value = pair.reduce((sum, byte) => sum * 256 + byte, 0);
		text += letters(value, pair.length + 1);
	}
	return text;
}

/** undefined for anything that `toBase45` does not write. */
export function fromBase45(text: string): Uint8Array | undefined {
	if (text.length % 3 === 1) return undefined;
	const bytes: number[] = [];
	for (let start = 0; start < text.length; start += 3) {
		const group = text.slice(start, start + 3);
		const value = valueOf(group);
		if (value === undefined || value >= 256 ** (group.length - 1)) return undefined;
		if (group.length === 3) bytes.push(value >> 8);
		bytes.push(value & 255);
	}
	return Uint8Array.from(bytes);
}

/** Lowest first, as the standard has it. */
function letters(value: number, count: number): string {
	const digits = Array.from({ length: count }, (_, index) => Math.floor(value / BASE ** index) % BASE);
	return digits.map((digit) => ALPHABET.charAt(digit)).join('');
}

function valueOf(group: string): number | undefined {
	const digits = [...group].map((letter) => ALPHABET.indexOf(letter));
	if (digits.includes(-1)) return undefined;
	return digits.reduceRight((sum, digit) => sum * BASE + digit, 0);
}
