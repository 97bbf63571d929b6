const CLOSES = /^[\p{Pe}\p{Pf}\p{Po}\s]/u;
const OPENS = /[\p{Ps}\p{Pi}]$/u;
const ONE_CHARACTER = /^\p{Script=Han}$/u;
const NUMBER = /^\d[\d.,:%]*$/;
/** Single characters that belong to the word before them: grammar, and the ends of compound nouns. */
const TRAILS = /^[的了吗呢吧着过们车棚楼区费员会队站室箱口]$/u;
const LEADS = /^[第约每近]$/u;
/** 2026年12月5日 is one word, and so are its parts if the dictionary takes number and unit together. */
const IN_DATE = /^\d*[年月]$/u;

/** Pieces of a heading between which a line may break. Without a segmenter the text stays one piece. */
export function breakablePieces(text: string, locale = 'zh'): readonly string[] {
	if (typeof Intl === 'undefined' || !('Segmenter' in Intl)) return [text];
	const pieces: string[] = [];
	let last = '';
	let joined = false;
	for (const { segment } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)) {
		const before = pieces.at(-1);
		// Two single characters in a row are mostly one word that the dictionary does not know; three are a run.
		const pair: boolean = !joined && ONE_CHARACTER.test(last) && ONE_CHARACTER.test(segment);
		if (before !== undefined && (pair || sticks(last, segment))) pieces[pieces.length - 1] = before + segment;
		else pieces.push(segment);
		joined = pair;
		last = segment;
	}
	return pieces;
}

function sticks(last: string, segment: string): boolean {
	if (CLOSES.test(segment) || OPENS.test(last) || TRAILS.test(segment)) return true;
	if (NUMBER.test(segment)) return LEADS.test(last) || IN_DATE.test(last);
	return NUMBER.test(last) && ONE_CHARACTER.test(segment);
}
