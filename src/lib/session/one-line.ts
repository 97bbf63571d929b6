/** What somebody wrote, as one paragraph: a line of a record or of a member blob holds no line breaks. */
export const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();
