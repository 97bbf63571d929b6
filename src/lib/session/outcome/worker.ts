import type { RecountMessage } from '#core/bundle/recount-messages.ts';
import { countAgain } from './count-again.ts';

// A thread of its own (RECOUNT-2): it is given one file, says how far it has come and then its verdict, and is ended.
addEventListener('message', ({ data }) => {
	if (data instanceof Blob) void answer(data);
});

async function answer(file: Blob): Promise<void> {
	try {
		say({ t: 'verdict', verdict: await countAgain(file, (done, total) => say({ t: 'progress', done, total })) });
	} catch (bug) {
		// Out of the promise: only so does the page hear of it.
		queueMicrotask(() => {
			throw bug;
		});
	}
}

function say(message: RecountMessage): void {
	postMessage(message);
}
