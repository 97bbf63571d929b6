// Plain JavaScript, so that a Node too old to strip types reads this sentence and not a syntax error.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
	await import('./start.ts');
} else {
	console.error(
		`This needs Node 22.18 or newer, and this is ${process.versions.node}. ` +
			'Run it through npm (npm start): the install brings Node 24 on Linux and Windows.',
	);
	process.exitCode = 1;
}
