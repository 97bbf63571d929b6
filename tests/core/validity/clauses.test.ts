import { test } from 'vitest';
import { Standing } from '#core/validity/standing.ts';
import { CLAUSES } from './clauses.ts';

test.each(CLAUSES)('$title', ({ check }) => check(Standing));
