const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** RFC 4648 5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
	let text = '';
	for (let start = 0; start < bytes.length; start += 3) {
		const [a = 0, b = 0, c = 0] = bytes.subarray(start, start + 3);
		const bits = (a << 16) | (b << 8) | c;
		const letters = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]).join('');
		text += letters.slice(0, Math.min(3, bytes.length - start) + 1);
	}
	return text;
}

/** undefined for anything that `toBase64Url` does not write. */
export function fromBase64Url(text: string): Uint8Array | undefined {
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	let bits = 0;
	for (let index = 0; index < text.length; index++) {
		const value = ALPHABET.indexOf(text.charAt(index));
		if (value < 0) return undefined;
		bits = ((bits << 6) | value) & 0xff_ff_ff;
		// Each letter but the first of four completes a byte.
		if (index % 4 > 0) bytes[Math.floor((index * 3) / 4)] = bits >> (6 - 2 * (index % 4));
	}
	return toBase64Url(bytes) === text ? bytes : undefined;
}
