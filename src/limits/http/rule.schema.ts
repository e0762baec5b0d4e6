import { z } from 'zod';
import type { ShownRule } from '../application/shown-rule.js';
import { LIMITED_ACTS } from '../domain/rule.js';
import { MODES, SCOPES } from './rule-order.schema.js';

const instant = z.iso.datetime().nullable();

export const ruleSchema = z
  .object({
    id: z.string(),
    owner: z.enum(['installation', 'application']),
    savedBy: z.enum(['operator', 'application']).meta({ description: 'Whose key saved it last' }),
    rail: z.boolean().meta({ description: 'Whether it holds always: nobody changes it' }),
    holds: z
      .boolean()
      .meta({ description: 'False where the installation’s of that name is stricter now, and holds instead' }),
    replaces: z.string().nullable().meta({ description: 'Id of the installation’s rule that it stands in for' }),
    name: z.string(),
    on: z.enum(LIMITED_ACTS),
    by: z.array(z.string()),
    scope: z.enum(SCOPES),
    max: z.int(),
    windowSeconds: z.int(),
    rate: z.string(),
    mode: z.enum(MODES),
    enabled: z.boolean(),
    note: z.string(),
    version: z.int(),
    createdAt: instant.meta({ description: 'Null for a rail' }),
    updatedAt: instant,
  })
  .meta({ id: 'Rule' });
export type RuleBody = ShownRule & Pick<z.output<typeof ruleSchema>, 'rate'>;

export const ruleListSchema = z.object({ rules: z.array(ruleSchema) }).meta({ id: 'RuleList' });
