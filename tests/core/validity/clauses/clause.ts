import type { RecordId } from '#core/kernel/ids.ts';
import type { Standing } from '#core/validity/standing.ts';
import { Authority } from '../../../support/authority.ts';
import { must } from '../../../support/must.ts';

/** The judge under test: the real one, or one with a clause taken out. */
export type Judge = new (...args: ConstructorParameters<typeof Standing>) => Standing;

/** One clause of LEDGER 3 with a story in which it alone decides. The story is told once, whoever judges it. */
export interface Clause {
	readonly title: string;
	readonly check: (judge: Judge) => void;
}

export function clause<S extends { readonly corner: Authority['corner'] }>(
	title: string,
	story: S,
	expectations: (stands: (id: RecordId) => boolean, story: S, standing: Standing) => void,
): Clause {
	const { ledger, blob } = story.corner;
	const check = (judge: Judge): void => {
		// Each answer from a judge that was asked nothing before: what was asked first must not matter.
		const stands = (id: RecordId) => new judge(ledger, blob).stands(must(ledger.get(id)));
		expectations(stands, story, new judge(ledger, blob));
	};
	return { title, check };
}

/** `cofounders`: all of them and the founder make the quorum. */
export function tell<S>(seed: string, build: (scene: Authority) => S, cofounders: readonly string[] = []) {
	const scene = new Authority(seed, cofounders);
	return { corner: scene.corner, scene, ...build(scene) };
}
