import { expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { RowOf } from '../../src/core/feature-spec.js';
import { defineFeatures } from '../../src/schema/define-features.js';

const prospect = defineFeatures({
  row: z.object({ age: z.int().nullable(), plan: z.enum(['free', 'pro']), seen: z.number().optional() }),
});

test('the row type is that of the schema', () => {
  expectTypeOf<RowOf<typeof prospect>>().toEqualTypeOf<{
    age: number | null;
    plan: 'free' | 'pro';
    seen?: number | undefined;
  }>();
});
