import encodeQR from 'qr';

const QUIET_ZONE = 4;
/** A natural size that still reads when the picture is saved from a phone. */
const PIXELS_PER_MODULE = 12;

/** Black on white whatever the theme: readers expect it, and the quiet zone must be light. */
export function qrImage(text: string): { readonly src: string; readonly size: number } {
	const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
	const modules = rows.length;
	const path = rows.map((row, y) => runs(row, y)).join('');
	const size = modules * PIXELS_PER_MODULE;
	const svg =
		`<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${modules} ${modules}" ` +
		`shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${modules}v${modules}H0z"/><path d="${path}"/></svg>`;
	return { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, size };
}

function runs(row: readonly boolean[], y: number): string {
	let path = '';
	for (let x = 0; x < row.length; x++) {
		const start = x;
		while (row[x]) x++;
		if (x > start) path += `M${start} ${y}h${x - start}v1H${start}z`;
	}
	return path;
}
