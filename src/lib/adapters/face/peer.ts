import { err, ok, type Result } from '#core/kernel/result.ts';
import type { FaceCode } from '#core/wire/face-code.ts';
import { describeFace, shrinkDescription, type FaceDescription } from '#core/wire/face-description.ts';
import { FaceLink } from './link.ts';

/**
 * `no-webrtc`: this browser cannot. `no-network`: it is on no network by which another phone could reach it.
 * `face-unreachable`: the other phone did not answer in time.
 */
export type FaceDialRefusal = 'no-webrtc' | 'no-network' | 'face-unreachable';

const GATHERING = 2000;
const LABEL = 'face';

/** One side of a connection between two phones, before it stands. */
export class FacePeer {
	/** What the other side must know of this one. */
	readonly description: FaceDescription;
	readonly #connection: RTCPeerConnection;
	readonly #link: FaceLink;

	private constructor(description: FaceDescription, connection: RTCPeerConnection, link: FaceLink) {
		this.description = description;
		this.#connection = connection;
		this.#link = link;
	}

	/** `first`: the code of who began, where this side answers it. To be called from a button. */
	static async open(first?: FaceCode): Promise<Result<FacePeer, FaceDialRefusal>> {
		if (typeof RTCPeerConnection === 'undefined') return err('no-webrtc');
		const seen = await FacePeer.#describe(first);
		// On a network without a way out a browser names no address, unless the camera may be used.
		const peer = seen.ok || seen.error !== 'no-network' || !(await mayUseCamera()) ? seen : FacePeer.#describe(first);
		return peer;
	}

	static async #describe(first: FaceCode | undefined): Promise<Result<FacePeer, FaceDialRefusal>> {
		const connection = new RTCPeerConnection();
		// Agreed beforehand, so that nobody is the one who opens it.
		const link = new FaceLink(connection.createDataChannel(LABEL, { negotiated: true, id: 0 }));
		try {
			if (first) await connection.setRemoteDescription({ type: 'offer', sdp: describeFace(first) });
			await connection.setLocalDescription();
			await gathered(connection);
		} catch {
			connection.close();
			return err('no-webrtc');
		}
		const description = shrinkDescription(connection.localDescription?.sdp ?? '');
		if (description) return ok(new FacePeer(description, connection, link));
		connection.close();
		return err('no-network');
	}

	/** Who began reads the second code with it. */
	async accept(second: FaceCode): Promise<boolean> {
		const answer = { type: 'answer', sdp: describeFace(second) } as const;
		return this.#connection.setRemoteDescription(answer).then(
			() => true,
			() => false,
		);
	}

	/** The link once it stands. `patience` in milliseconds. */
	async connected(patience: number): Promise<Result<FaceLink, FaceDialRefusal>> {
		const link = this.#link;
		if (await link.opened(patience)) return ok(link);
		this.close();
		return err('face-unreachable');
	}

	close(): void {
		this.#link.end();
		// After what was said last has left.
		setTimeout(() => this.#connection.close(), 500);
	}
}

function gathered(connection: RTCPeerConnection): Promise<void> {
	return new Promise((resolve) => {
		const look = () => connection.iceGatheringState === 'complete' && resolve();
		connection.addEventListener('icegatheringstatechange', look);
		setTimeout(resolve, GATHERING);
		look();
	});
}

async function mayUseCamera(): Promise<boolean> {
	try {
		const stream = await navigator.mediaDevices.getUserMedia({ video: true });
		for (const track of stream.getTracks()) track.stop();
		return true;
	} catch {
		return false;
	}
}
