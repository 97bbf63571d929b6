/** The only name server there is: answers whatever is asked with the address in ADDRESS (RFC 1035), once it runs. */
import { createSocket } from 'node:dgram';

const HEADER = 12;
const ADDRESS_RECORD = 1;
const address = (process.env['ADDRESS'] ?? '').split('.').map(Number);

const socket = createSocket('udp4');
socket.on('message', (query, { port, address: asker }) => socket.send(answerTo(query), port, asker));
socket.bind(53, address.join('.'), () => console.log('ready'));

/** The question comes back, with one answer if it was for an address of the kind we have. */
function answerTo(query: Buffer): Buffer {
	const end = query.indexOf(0, HEADER) + 5;
	const hasAnswer = query.readUInt16BE(end - 4) === ADDRESS_RECORD;
	const header = Buffer.from([0x81, 0x80, 0, 1, 0, hasAnswer ? 1 : 0, 0, 0, 0, 0]);
	const question = query.subarray(HEADER, end);
	// The name stands in the question; class IN, no time to live, four bytes.
	const answer = hasAnswer ? Buffer.from([0xc0, HEADER, 0, ADDRESS_RECORD, 0, 1, 0, 0, 0, 0, 0, 4, ...address]) : [];
	return Buffer.concat([query.subarray(0, 2), header, question, Buffer.from(answer)]);
}
