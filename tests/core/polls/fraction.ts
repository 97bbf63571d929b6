/** A second, naive arithmetic for the tests: fractions in lowest terms, compared by subtraction. */
export class Fraction {
	readonly num: bigint;
	readonly den: bigint;

	constructor(num: bigint | number, den: bigint | number = 1) {
		if (BigInt(den) <= 0n) throw new Error('A fraction of nothing');
		const divisor = gcd(BigInt(num), BigInt(den));
		this.num = BigInt(num) / divisor;
		this.den = BigInt(den) / divisor;
	}

	minus(other: Fraction): Fraction {
		return new Fraction(this.num * other.den - other.num * this.den, this.den * other.den);
	}

	isAbove(other: Fraction): boolean {
		return this.minus(other).num > 0n;
	}

	isAtLeast(other: Fraction): boolean {
		return this.minus(other).num >= 0n;
	}
}

function gcd(a: bigint, b: bigint): bigint {
	return b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b);
}
