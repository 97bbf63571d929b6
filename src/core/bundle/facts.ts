import { shortHash } from '../kernel/ids.ts';
import type { Arithmetic, Outcome } from '../polls/decision.ts';
import { figure, type CountName, type Counts, type Measure } from '../polls/counts.ts';
import { measuresOf } from '../polls/rule.ts';
import type { PublicConsensus } from '../publication/document.ts';
import type { RecountedVote } from './recount-vote.ts';
import type { OutcomeVerdict } from './verify.ts';

/** One line of what counting again gives. */
export interface Fact {
	readonly code: FactCode;
	/** What the line is about: the matter, its numbers, or how it came about. */
	readonly about: 'matter' | 'numbers' | 'conduct';
	readonly params: Readonly<Record<string, string | number>>;
}
export type FactCode =
	| 'grid'
	| 'title'
	| 'question'
	| 'before'
	| `outcome-${Outcome}`
	| `${'counted' | 'declared'}-${Measure}`
	| `${'quorum' | 'pass'}-${'reached' | 'short'}`
	| 'consensus'
	| 'certified'
	| 'late'
	| 'faulty'
	| 'conflicts'
	| 'forks'
	| 'later-endings'
	| 'absent'
	| 'disputed'
	| 'material';

/** The whole recount line by line, for the command line and the page alike. */
export function factsOf(verdict: OutcomeVerdict | { readonly verdict: 'unreadable' }): readonly Fact[] {
	if (verdict.verdict === 'unreadable' || !verdict.report) return [];
	const { grid, title, decided, forks, laterEndings } = verdict.report;
	return [
		...(grid ? [fact('matter', 'grid', { name: grid.name, id: grid.id })] : []),
		...(title === undefined ? [] : [fact('matter', 'title', { title })]),
		...(decided?.by === 'vote' ? voteFacts(decided) : []),
		...(decided?.by === 'consensus' ? [consensusFact(decided)] : []),
		fact('conduct', 'forks', { count: forks }),
		fact('conduct', 'later-endings', { count: laterEndings }),
		fact('conduct', 'absent', { count: verdict.absent }),
	];
}

function voteFacts(vote: RecountedVote): readonly Fact[] {
	const { question, certifiers, late, conflicts, before } = vote;
	return [
		fact('matter', 'question', { question }),
		...numberFacts(vote),
		...before.flatMap((one) => [fact('numbers', 'before', { question: one.question }), ...numberFacts(one)]),
		...(certifiers.length === 0
			? []
			: [fact('conduct', 'certified', { count: certifiers.length, members: certifiers.map(shortHash).join(' ') })]),
		fact('conduct', 'late', { count: late }),
		...[...vote.faulty].map(([reason, count]) => fact('conduct', 'faulty', { count, reason })),
		fact('conduct', 'conflicts', { count: conflicts }),
		...([vote, ...before].some(({ material }) => material) ? [fact('conduct', 'material', {})] : []),
		...([vote, ...before].some(({ disputed }) => disputed) ? [fact('conduct', 'disputed', {})] : []),
	];
}

function numberFacts(vote: RecountedVote): readonly Fact[] {
	const { decision, counts, declared } = vote;
	return [
		fact('numbers', `outcome-${decision.outcome}`, {}),
		...countFacts('counted', vote, counts),
		...countFacts('declared', vote, declared),
		...decision.quorum.map((sum) => arithmetic('quorum', sum)),
		...decision.pass.map((sum) => arithmetic('pass', sum)),
	];
}

function consensusFact({ agreed, dissent, unheard }: PublicConsensus): Fact {
	return fact('numbers', 'consensus', { agreed, dissent, unheard });
}

function arithmetic(of: 'quorum' | 'pass', { threshold, numerator, denominator, needed, reached }: Arithmetic): Fact {
	const [measure, , num, den, op] = threshold;
	const sign = op === '>' ? '>' : '≥';
	const [over, under] = [figure(measure, numerator), figure(measure, denominator)];
	const least = needed === undefined ? '–' : figure(measure, needed);
	const params = { numerator: over, denominator: under, num, den, sign, needed: least };
	return fact('numbers', `${of}-${reached ? 'reached' : 'short'}`, params);
}

/** The seven counts by every measure that the rule weighs by. */
function countFacts(code: 'counted' | 'declared', { rule }: RecountedVote, counts: Counts): readonly Fact[] {
	return measuresOf(rule).map((measure) => {
		const shown = Object.entries(counts[measure]).map(([name, value]) => [name, figure(measure, value)]);
		return fact('numbers', `${code}-${measure}`, Object.fromEntries(shown) as Record<CountName, string>);
	});
}

const fact = (about: Fact['about'], code: FactCode, params: Fact['params']): Fact => ({ about, code, params });
