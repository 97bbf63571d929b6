const CLOSES = /^[\p{Pe}\p{Pf}\p{Po}\s]/u;
const OPENS = /[\p{Ps}\p{Pi}]$/u;
/** Grammar words that read badly at the start of a line. */
const TRAILS = /^[的了吗呢吧着过们]$/u;

/** Pieces of a heading between which a line may break. Without a segmenter the text stays one piece. */
export function breakablePieces(text: string, locale = 'zh'): readonly string[] {
	if (typeof Intl === 'undefined' || !('Segmenter' in Intl)) return [text];
	const pieces: string[] = [];
	for (const { segment } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)) {
		const before = pieces.at(-1);
		if (before !== undefined && sticks(before, segment)) pieces[pieces.length - 1] = before + segment;
		else pieces.push(segment);
	}
	return pieces;
}

function sticks(before: string, segment: string): boolean {
	return CLOSES.test(segment) || OPENS.test(before) || TRAILS.test(segment);
}
