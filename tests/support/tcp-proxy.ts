import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * The network between one client and the relay. Playwright's setOffline leaves an open WebSocket alive;
 * this one can be cut for real.
 */
export class TcpProxy {
	readonly #sockets = new Set<Socket>();
	readonly #server = createServer((client) => this.#accept(client));
	#targetPort = 0;
	#isCut = false;
	#cutAt = Infinity;
	#stallAt = Infinity;
	/** Bytes that went to the target. */
	sent = 0;
	/** Bytes that came from it. */
	received = 0;

	/** Resolves to the port to connect to. */
	async listen(targetPort: number): Promise<number> {
		this.#targetPort = targetPort;
		await new Promise<void>((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(0, '127.0.0.1', resolve);
		});
		return (this.#server.address() as AddressInfo).port;
	}

	/** Whether nobody is connected. */
	get isIdle(): boolean {
		return this.#sockets.size === 0;
	}

	cut(): void {
		this.#isCut = true;
		for (const socket of this.#sockets) socket.destroy();
	}

	get isCut(): boolean {
		return this.#isCut;
	}

	/** Cuts once by itself, when so many bytes have gone to the target. */
	cutAfter(bytes: number): void {
		this.#cutAt = this.sent + bytes;
	}

	/** Passes on so many bytes more of what the target says, and then nothing: connections stand, and are silent. */
	stallAfter(bytes: number): void {
		this.#stallAt = this.received + bytes;
	}

	/** For connections to come. */
	heal(): void {
		this.#isCut = false;
		this.#stallAt = Infinity;
	}

	async close(): Promise<void> {
		this.cut();
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}

	#accept(client: Socket): void {
		// Keeps listening while cut, or another process could take the port.
		if (this.#isCut) {
			client.destroy();
			return;
		}
		const target = connect(this.#targetPort, '127.0.0.1');
		client.on('data', ({ length }) => this.#count(length));
		this.#join(client, target);
		this.#join(target, client);
		target.on('data', ({ length }) => {
			this.received += length;
			if (this.received >= this.#stallAt) target.unpipe(client);
		});
	}

	#count(bytes: number): void {
		this.sent += bytes;
		if (this.sent < this.#cutAt) return;
		this.#cutAt = Infinity;
		this.cut();
	}

	#join(from: Socket, to: Socket): void {
		this.#sockets.add(from);
		from.pipe(to);
		from.on('error', () => from.destroy());
		from.on('close', () => {
			this.#sockets.delete(from);
			to.destroy();
		});
	}
}
