import { expect, test } from 'vitest';
import { toHex } from '#core/kernel/ids.ts';
import { encodePayload, payloadOf, sealRecord } from '#core/ledger/record.ts';
import { RECORD_TYPES } from '#core/ledger/registry.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { forge, parsed } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { Scene } from '../../support/scene.ts';

const scene = new Scene();
const { corner, zhao } = scene.council;
const as = must(scene.council.as);

test.each(RECORD_TYPES)(
	'[REC-6] %s comes back from the wire as it was written, and is written as the same bytes',
	(type) => {
		const bare = scene.bodies(zhao.device, zhao.member, corner.authorityOf(zhao))[type];
		const body = type === 'genesis' || type === 'join' ? bare : { as, ...bare };
		const record = parsed(forge(corner, zhao.device, type, body, { scope: scene.scopeOf(type) }));
		expect(record).toMatchObject({ type, body, grid: corner.grid, by: zhao.device.key });
		expect(Object.keys(record.body).sort()).toEqual(Object.keys(body).sort());
		expect(toHex(encodePayload(record))).toBe(toHex(payloadOf(record)));
		expect(toHex(sealRecord(payloadOf(record), record.signature))).toBe(toHex(record.wire));
	},
);

test('[REC-6] every record of the demonstration is written as the same bytes again', () => {
	const { records } = tellElderDayCare().corner;
	const other = records.filter((record) => toHex(encodePayload(record)) !== toHex(payloadOf(record)));
	expect(records.length).toBeGreaterThan(60);
	expect(other).toEqual([]);
});
