import decodeQR from 'qr/decode.js';

/** A photo of today's phones is larger than any code needs. */
const LONGEST_SIDE = 2000;

/** The text of the code on a photo or a saved picture; undefined where none is found. */
export async function readPicture(file: Blob): Promise<string | undefined> {
	const picture = await createImageBitmap(file).catch(() => undefined);
	if (!picture) return undefined;
	const pixels = pixelsOf(picture);
	picture.close();
	if (!pixels) return undefined;
	try {
		return decodeQR(pixels, { effort: 4, timeLimit: 3000 });
	} catch {
		return undefined; // So it says that there is none.
	}
}

function pixelsOf(picture: ImageBitmap): ImageData | undefined {
	const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(picture.width * scale));
	canvas.height = Math.max(1, Math.round(picture.height * scale));
	const context = canvas.getContext('2d', { willReadFrequently: true });
	context?.drawImage(picture, 0, 0, canvas.width, canvas.height);
	return context?.getImageData(0, 0, canvas.width, canvas.height);
}
