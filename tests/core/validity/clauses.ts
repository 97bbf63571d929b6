import { CUT_CLAUSES } from './clauses/cuts.ts';
import { DEVICE_CLAUSES } from './clauses/devices.ts';
import { RIGHT_CLAUSES } from './clauses/rights.ts';

export type { Judge } from './clauses/clause.ts';

/** Every clause of LEDGER 3.4 and 3.5. */
export const CLAUSES = [...CUT_CLAUSES, ...RIGHT_CLAUSES, ...DEVICE_CLAUSES];
