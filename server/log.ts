/** What the operator reads. Never names, texts, keys' secrets or founding codes; ids at most by their first characters. */
export interface Log {
	readonly note: (sentence: string) => void;
	/** Something that should not happen: a bug, a full disk. */
	readonly fault: (sentence: string, error: unknown) => void;
}

export const consoleLog: Log = {
	note: (sentence) => console.log(sentence),
	fault: (sentence, error) => console.error(`${sentence}:`, error),
};
