/** Between two runs this many times as long as the last one took, so that work never fills the screen's time. */
const REST = 9;

/**
 * NET-2: runs `work` soon after it was asked for, once for however many askings. Thousands of records that come in
 * one after the other are folded a few times and not once for each.
 */
export function paced(work: () => Promise<void>): () => void {
	let asked = false;
	let busy = false;
	const run = async (): Promise<void> => {
		busy = true;
		while (asked) {
			asked = false;
			const began = performance.now();
			await work();
			if (asked) await rest((performance.now() - began) * REST);
		}
		busy = false;
	};
	return () => {
		asked = true;
		if (!busy) void run();
	};
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
