import { frameLoop, QRCanvas, rearCamera, type QRCamera } from 'qr/dom.js';

/** Why there is no picture: no camera, or none that this page may have; the person or the device says no; it is in use. */
export type CameraRefusal = 'camera-none' | 'camera-not-allowed' | 'camera-busy';

const REFUSALS: Readonly<Record<string, CameraRefusal>> = {
	NotAllowedError: 'camera-not-allowed',
	SecurityError: 'camera-not-allowed',
	NotReadableError: 'camera-busy',
	AbortError: 'camera-busy',
};

export interface CodeWatch {
	/** Called with whatever code the camera sees, the same one again and again. */
	seen(text: string): void;
	refused(refusal: CameraRefusal): void;
}

/** Shows the camera at the back in `video` and reads codes until the answer is called, which gives the camera back. */
export function watchCodes(video: HTMLVideoElement, { seen, refused }: CodeWatch): () => void {
	let stopped = false;
	let stop = () => {};
	const begin = (camera: QRCamera): void => {
		stop = readFrames(camera, video, seen);
		if (stopped) stop();
	};
	rearCamera(video).then(begin, (failure: unknown) => {
		if (!stopped) refused(refusalOf(failure));
	});
	return () => {
		stopped = true;
		stop();
	};
}

function readFrames(camera: QRCamera, video: HTMLVideoElement, seen: (text: string) => void): () => void {
	const canvas = new QRCanvas({}, { cropToSquare: false });
	let stopped = false;
	const look = async (): Promise<void> => {
		// At its full size: a code of many small squares is not to be made smaller first.
		const found = await camera.readFrame(canvas, true);
		if (typeof found === 'string' && !stopped) seen(found);
	};
	const stopLoop = frameLoop(() => void look(), video);
	return () => {
		stopped = true;
		stopLoop();
		camera.stop();
		canvas.clear();
	};
}

function refusalOf(failure: unknown): CameraRefusal {
	return (failure instanceof Error && REFUSALS[failure.name]) || 'camera-none';
}
