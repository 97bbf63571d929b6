/** What our connections listen to in a page; Node has the rest. */
export const page = new EventTarget();

Object.assign(globalThis, {
	document: page,
	addEventListener: page.addEventListener.bind(page),
	removeEventListener: page.removeEventListener.bind(page),
});
