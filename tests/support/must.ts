/** The value, where a test knows that there is one. */
export function must<T>(value: T | null | undefined, what = 'A value that the test relies on'): T {
	if (value === null || value === undefined) throw new Error(`${what} is missing`);
	return value;
}
