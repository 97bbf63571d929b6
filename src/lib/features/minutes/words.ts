import type { MinutesWords } from '#core/minutes/template.ts';
import type { Poll } from '#core/polls/state.ts';
import { longDate, clockTime } from '#lib/i18n/dates.ts';
import { parseMeetingTime } from '#lib/i18n/meeting-times.ts';
import { currentLocale, locales, type Locale } from '#lib/i18n/locale.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { countedVote, roundWords, voteSentence } from '#lib/i18n/choices.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

/** How minutes are written in the reader's language. */
export function minutesWords(workspace: Workspace): MinutesWords {
	return {
		labels: {
			time: m.minutes_time(),
			place: m.minutes_place(),
			chair: m.minutes_chair(),
			secretary: m.minutes_secretary(),
			eligible: m.minutes_eligible(),
			present: m.minutes_present(),
			agenda: m.minutes_agenda(),
			votes: m.minutes_votes(),
			decisions: m.minutes_decisions(),
			tasks: m.minutes_tasks(),
			remarks: m.minutes_remarks(),
		},
		colon: m.minutes_colon(),
		unknown: m.minutes_unknown_fact(),
		blanks: blanksIn(currentLocale()),
		names: (members) => members.map((member) => workspace.nameOf(member)).join(m.list_comma()),
		people: (count) => m.minutes_people({ count }),
		time: timeWords,
		title: (topic) => workspace.titleOf(topic),
		vote: voteWords,
	};
}

/** Question, result, and of a choice the votes of every option. */
function voteWords(poll: Poll): string {
	const { question, standing } = poll;
	const vote = standing && countedVote(poll, standing);
	return m.minutes_vote({ question, result: vote ? voteSentence(vote) + roundWords(vote) : '' });
}

function timeWords(text: string): string {
	const at = parseMeetingTime(text);
	return at === undefined ? text : m.minutes_when({ date: longDate(at), time: clockTime(at) });
}

const blanksIn = (locale: Locale): MinutesWords['blanks'] => ({
	decisions: m.minutes_blank_decision({}, { locale }),
	tasks: m.minutes_blank_task({}, { locale }),
	remarks: m.minutes_blank_remark({}, { locale }),
});

/** Whether a draft still holds an empty line of the template, in whichever language it was filled in. */
export function hasBlanks(json: unknown): boolean {
	const text = JSON.stringify(json);
	return locales.flatMap((locale) => Object.values(blanksIn(locale))).some((blank) => text.includes(blank));
}
