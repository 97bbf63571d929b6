/** DER (ITU-T X.690), as far as one self-signed certificate needs it: each function makes one element. */

export const sequence = (...items: readonly Uint8Array[]): Buffer => element(0x30, ...items);
export const set = (...items: readonly Uint8Array[]): Buffer => element(0x31, ...items);
/** `[number]`, with what stands in it. */
export const explicit = (number: number, ...items: readonly Uint8Array[]): Buffer => element(0xa0 + number, ...items);
export const utf8String = (text: string): Buffer => element(0x0c, Buffer.from(text));
/** Without unused bits at its end. */
export const bitString = (bytes: Uint8Array): Buffer => element(0x03, Uint8Array.of(0), bytes);
/** `YYYYMMDDhhmmssZ`. */
export const generalizedTime = (text: string): Buffer => element(0x18, Buffer.from(text));
/** `YYMMDDhhmmssZ`, which must be used up to 2049. */
export const utcTime = (text: string): Buffer => element(0x17, Buffer.from(text));

/** Not negative; big-endian. */
export function integer(bytes: Uint8Array): Buffer {
	const start = bytes.findIndex((byte) => byte !== 0);
	const digits = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
	const wouldBeNegative = (digits[0] ?? 0) >= 0x80;
	return element(0x02, Uint8Array.from(wouldBeNegative ? [0, ...digits] : digits));
}

/** `1.2.840.10045.4.3.2` */
export function objectIdentifier(dotted: string): Buffer {
	const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
	return element(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
	const content = Buffer.concat(contents);
	return Buffer.concat([Uint8Array.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): readonly number[] {
	if (length < 0x80) return [length];
	const digits: number[] = [];
	for (let rest = length; rest > 0; rest >>= 8) digits.unshift(rest & 255);
	return [0x80 + digits.length, ...digits];
}

/** Seven bits to a byte, all but the last marked. */
function base128(value: number): readonly number[] {
	const digits = [value & 127];
	for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 127) | 128);
	return digits;
}
