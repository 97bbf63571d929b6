import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { onTestFinished } from 'vitest';

const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const MAGIC_COOKIE = [0x21, 0x12, 0xa4, 0x42];

/** RFC 8489: a binding request of somebody who calls the other side by this name, and goes no further. */
export function stunRequest(userName: string): Uint8Array {
	const attributes = Buffer.concat([
		attribute(USERNAME, Buffer.from(userName)),
		attribute(MESSAGE_INTEGRITY, randomBytes(20)),
	]);
	const head = [0, 1, attributes.length >> 8, attributes.length & 255, ...MAGIC_COOKIE];
	return Buffer.concat([Uint8Array.from(head), randomBytes(12), attributes]);
}

/** Sends datagrams to a port of this machine, whatever is in them. */
export function datagramSender(port: number): (bytes: Uint8Array) => Promise<void> {
	const socket = createSocket('udp4');
	onTestFinished(() => void socket.close());
	return (bytes) => new Promise((resolve) => socket.send(bytes, port, '127.0.0.1', () => resolve()));
}

function attribute(type: number, value: Uint8Array): Buffer {
	const head = Uint8Array.of(type >> 8, type & 255, value.length >> 8, value.length & 255);
	return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
