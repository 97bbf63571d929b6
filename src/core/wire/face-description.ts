import { FACE_CANDIDATES, type FaceCandidate, type FaceCode } from './face-code.ts';

/** What of a browser's own description the other side cannot know by itself. */
export type FaceDescription = Pick<FaceCode, 'ufrag' | 'password' | 'fingerprint' | 'candidates'>;

/** FACE-3: undefined for a description that cannot be shrunk so: another hash, or not a single way to be reached. */
export function shrinkDescription(description: string): FaceDescription | undefined {
	const lines = description.split(/\r?\n/);
	const ufrag = valueIn(lines, /^a=ice-ufrag:(\S+)$/);
	const password = valueIn(lines, /^a=ice-pwd:(\S+)$/);
	const fingerprint = valueIn(lines, /^a=fingerprint:sha-256 ([0-9A-F:]{95})$/i);
	const candidates = lines.flatMap(candidateIn).slice(0, FACE_CANDIDATES);
	if (ufrag === undefined || password === undefined || fingerprint === undefined) return undefined;
	if (candidates.length === 0) return undefined;
	return { ufrag, password, fingerprint: fingerprint.replaceAll(':', '').toLowerCase(), candidates };
}

/** The description behind a code, as the other browser would have written it (RFC 8866, 8839, 8841). */
export function describeFace({ kind, ufrag, password, fingerprint, candidates }: FaceCode): string {
	const lines = [
		'v=0',
		'o=- 0 0 IN IP4 0.0.0.0',
		's=-',
		't=0 0',
		'a=group:BUNDLE 0',
		'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
		'c=IN IP4 0.0.0.0',
		'a=mid:0',
		// Who scanned the first code begins the handshake (DTLS).
		`a=setup:${kind === 'first' ? 'actpass' : 'active'}`,
		`a=ice-ufrag:${ufrag}`,
		`a=ice-pwd:${password}`,
		`a=fingerprint:sha-256 ${(fingerprint.toUpperCase().match(/../g) ?? []).join(':')}`,
		'a=sctp-port:5000',
		'a=max-message-size:16384',
		...candidates.map(candidateLine),
		'a=end-of-candidates',
	];
	return lines.map((line) => `${line}\r\n`).join('');
}

function valueIn(lines: readonly string[], pattern: RegExp): string | undefined {
	return lines.flatMap((line) => pattern.exec(line)?.[1] ?? [])[0];
}

/** UDP only: over TCP nobody may be called who has not called. */
function candidateIn(line: string): readonly FaceCandidate[] {
	const found = /^a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host/i.exec(line);
	const [, host = '', port = ''] = found ?? [];
	return found ? [{ host: host.toLowerCase(), port: Number(port) }] : [];
}

function candidateLine({ host, port }: FaceCandidate, index: number): string {
	return `a=candidate:${index + 1} 1 UDP ${1000 - index} ${host} ${port} typ host`;
}
