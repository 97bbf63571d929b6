import type { BlobHash, MemberId, TopicId } from '#core/kernel/ids.ts';
import { decodeMemberBlob, decodeTextBlob } from '#core/ledger/blobs.ts';
import { foldStanding, type CornerState } from '#core/ledger/fold.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import type { Procedure } from '#core/procedures/definition.ts';
import { firstStep } from '#core/procedures/engine.ts';
import { procedureOf } from '#core/procedures/of-topic.ts';
import { readText, type RichText } from '#core/proposals/text.ts';
import { cardField, type Card } from '#core/roster/records.ts';
import type { Role } from '#core/roster/roles.ts';
import { cardOf, deviceOf, roleOfKey, rolesOf } from '#core/roster/selectors.ts';
import { Standing } from '#core/validity/standing.ts';
import type { CornerRow } from '#lib/adapters/dexie/database.ts';
import type { CornerCopy } from './corner-copy.ts';

/** What a corner says, for components to read: the folded state, who I am in it, and names, titles and texts by id. */
export class CornerView {
	/** The folded structure. Replaced as a whole after every change. */
	state: CornerState = $state.raw() as CornerState;
	/** Which records of the ledger have weight; replaced with the state. */
	standing: Standing = $state.raw() as Standing;
	/** Counts up with every change, for what reads the ledger itself. */
	revision = $state(0);
	readonly corner: CornerRow;
	readonly copy: CornerCopy;

	constructor(corner: CornerRow, copy: CornerCopy) {
		this.corner = corner;
		this.copy = copy;
		this.fold();
	}

	/** My member id; undefined while I wait to be admitted (等待登记). */
	readonly me: MemberId | undefined = $derived.by(() => deviceOf(this.state.roster, this.corner.key)?.member);
	readonly role: Role | undefined = $derived.by(() => roleOfKey(this.state.roster, this.corner.key));
	readonly roles: readonly Role[] = $derived(this.me ? rolesOf(this.state.roster, this.me) : []);
	readonly gridName: string = $derived.by(() => this.state.roster.grid?.name ?? this.corner.name);

	/** REC-3: somebody here uses a newer version, which says more than this one can show. */
	readonly hasNewerRules: boolean = $derived.by(() => {
		void this.revision;
		return this.ledger.hasNewerRules;
	});

	get ledger(): Ledger {
		return this.copy.ledger;
	}

	readonly blob = (hash: BlobHash): Uint8Array | undefined => this.copy.blob(hash);

	/** DEV-12: the same for a page that is to show it: what was set aside is fetched again. */
	readonly blobToShow = (hash: BlobHash): Uint8Array | undefined => {
		this.copy.wantAgain(hash);
		return this.copy.blob(hash);
	};

	/** The card of a member or newcomer; undefined while its blob is on the way. */
	card(hash: BlobHash | undefined): Card | undefined {
		void this.revision;
		return hash && decodeMemberBlob(cardField, this.blob(hash));
	}

	nameOf(member: MemberId | undefined): string {
		return this.card(cardOf(this.state.roster, member))?.name ?? '…';
	}

	titleOf(topic: TopicId): string {
		void this.revision;
		const hash = this.state.topics.get(topic)?.title;
		return (hash && decodeTextBlob(this.blob(hash))) ?? '…';
	}

	textOf(hash: BlobHash | undefined): RichText | undefined {
		void this.revision;
		return hash && readText(this.blobToShow(hash));
	}

	procedureOf(topic: TopicId): Procedure | undefined {
		void this.revision;
		return procedureOf(this.ledger, this.blob, topic);
	}

	/** Id of the step a topic is in. */
	stepOf(topic: TopicId): string | undefined {
		const procedure = this.procedureOf(topic);
		return this.state.topics.get(topic)?.stages.at(-1)?.stage ?? (procedure && firstStep(procedure));
	}

	protected fold(): void {
		this.standing = new Standing(this.ledger, this.blob);
		this.state = foldStanding(this.standing);
		this.revision++;
	}
}
