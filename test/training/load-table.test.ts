import { table } from 'arquero';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { DataLoader, LoadControl } from '../../src/core/data-loader.js';
import { defineFeatures } from '../../src/schema/define-features.js';
import { loadTable } from '../../src/training/load-table.js';

it('hands a loader the types and the missing tokens that the schema declares', async () => {
  const asked: (LoadControl | undefined)[] = [];
  const data: DataLoader = {
    load: async (control) => {
      asked.push(control);
      return { data: table({ n: [1] }) };
    },
  };
  const { spec } = defineFeatures({ row: z.object({ n: z.number() }), missing: ['-'] });
  await loadTable({ data, spec });
  expect(asked).toMatchObject([{ types: { n: 'number' }, missing: ['-'] }]);
});
