import type { RecordType } from '#core/ledger/registry.ts';
import type { Author } from '#core/roster/permissions.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import { must } from './must.ts';
import { AUTHORS, AUTHORS_BY_HAND, LETTERS } from './permission-table.ts';
import { connect, type RelayClient } from './relay-client.ts';
import { startRelay, type RunningRelay } from './relay-fixtures.ts';
import { Scene } from './scene.ts';
import { writerFor, writtenBy, type Writer } from './writers.ts';

const MINUTE = 60_000;

/** Somebody of every kind that may come to a relay, by letter; also whose phone was ended, and one whom nobody knows. */
export class Callers {
	readonly scene = new Scene(['钱伟']);
	readonly #writers = new Map<string, Writer>();

	constructor() {
		const { corner } = this.scene.council;
		for (const author of AUTHORS) this.#writers.set(LETTERS[author], writerFor(this.scene, author));
		corner.join('新来的', '9号楼', this.of('N').device, this.scene.invite);
		this.#writers.set('revoked', this.#revoked());
		this.#writers.set('stranger', { ...this.of('M'), device: corner.deviceFor('陌生人') });
	}

	get letters(): readonly string[] {
		return [...this.#writers.keys()];
	}

	of(letter: string): Writer {
		return must(this.#writers.get(letter), letter);
	}

	/** A record of this type that this caller signs, whether it may or not. `nth` makes it another one each time. */
	written(letter: string, type: RecordType, nth = 0): Uint8Array {
		const first = type === 'join' ? { seq: 0, prev: null } : {};
		return writtenBy(this.scene, type, this.of(letter), { at: this.scene.council.corner.at + nth, ...first });
	}

	/** Somebody else's record, whose author may write it, as this caller would bring it; another one for each. */
	brought(letter: string, type: RecordType, again = 0): Uint8Array {
		const [author = ''] = type === 'genesis' ? ['M'] : AUTHORS_BY_HAND[type].split(' ');
		return this.written(author, type, 1 + 2 * this.letters.indexOf(letter) + again);
	}

	/** A relay that holds the whole scene. Its clock leaps, so that nobody writes too fast. */
	async relay(): Promise<RunningRelay> {
		let time = Date.now();
		const running = await startRelay(undefined, { now: () => (time += MINUTE) });
		const { corner, convener } = this.scene.council;
		const founding = must(await running.relay.foundingCode());
		const founder = await connect(running.host, corner.grid);
		await founder.logIn(convener.device, { founding, wires: [must(corner.records[0]).wire] });
		founder.offer(corner.records.map(({ wire }) => wire));
		for (const { id } of corner.records) await founder.verdictOn(id, '');
		founder.end();
		return running;
	}

	/** Somebody at a room of the relay: as what they are welcome there, or with which code they are sent away. */
	async knock({ host }: RunningRelay, room: string, letter: string): Promise<[RelayClient, string | number]> {
		const client = await connect(host, room);
		return [client, await client.knock(this.of(letter).device)];
	}

	#revoked(): Writer {
		const { corner, convener, as } = this.scene.council;
		const person = corner.welcome('丢了手机的', '9号楼');
		const auth = corner.authorityOf(person);
		const capacity = { under: 'office', as: must(as) } as const;
		corner.act(convener, (composer) =>
			endRight(composer, capacity, { type: 'device.revoke', target: auth, cuts: [], reason: 'lost' }),
		);
		return { ...person, auth };
	}
}

/** What a relay calls a caller whom it lets in. */
export function roleNamed(letter: string): Author | undefined {
	if (letter === '(T)') return 'teller';
	if (letter === '(W)') return 'member';
	return AUTHORS.find((author) => LETTERS[author] === letter);
}
