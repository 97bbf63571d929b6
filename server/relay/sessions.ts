import type { DeviceKey, GridId } from '#core/kernel/ids.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import type { Session } from './session.ts';

/** Everybody who is connected now. */
export class Sessions {
	readonly #sessions = new Set<Session>();

	add(session: Session): void {
		this.#sessions.add(session);
	}

	/** Whether it was still here. */
	remove(session: Session): boolean {
		return this.#sessions.delete(session);
	}

	/** How many connections have proved to be of this device. */
	countOf(key: DeviceKey | undefined): number {
		let count = 0;
		for (const session of this.#sessions) if (session.key === key) count++;
		return count;
	}

	isAnybodyIn(grid: GridId): boolean {
		for (const { name } of this.#sessions) if (name.grid === grid) return true;
		return false;
	}

	checkPulses(): void {
		for (const session of this.#sessions) session.checkPulse();
	}

	/** RELAY-54: cuts whoever is nobody in this grid any more. */
	checkRights(grid: GridId): void {
		for (const session of [...this.#sessions]) if (session.name.grid === grid) session.checkRights();
	}

	closeAll(reason: CloseReason): void {
		for (const session of [...this.#sessions]) session.close(reason);
	}
}
