import { z } from 'zod';
import type { Proposal } from '../application/simulate/proposed-rules.js';
import type { Simulation } from '../application/simulate/simulate-rules.js';
import { RETENTION_HOURS } from '../application/decision-log.js';
import { LIMITED_ACTS, type Rule } from '../domain/rule.js';
import { orderOf, ruleOrderSchema, type RuleOrderBody } from './rule-order.schema.js';

const MOST_RULES = 200;
const rules = z.array(ruleOrderSchema).max(MOST_RULES);

export const simulationOrderSchema = z
  .strictObject({
    hours: z.int().min(1).max(RETENTION_HOURS).meta({ description: 'The last so many hours' }),
    applicationId: z.string().min(1).max(64).optional().meta({ description: 'For an operator: this application only' }),
    on: z.enum(LIMITED_ACTS).optional().meta({ description: 'Tells only about these acts' }),
    rules: z.union([
      rules.meta({ description: 'All rules that would hold, rails aside' }),
      z.strictObject({
        add: rules.default([]),
        change: rules.default([]).meta({ description: 'Each instead of the one of its name' }),
        remove: z.array(z.string()).max(MOST_RULES).default([]).meta({ description: 'Names' }),
      }),
    ]),
  })
  .meta({
    id: 'SimulationOrder',
    example: {
      hours: 24,
      rules: { add: [{ name: 'ip-sends-day', on: 'send', by: ['ip'], rate: '20/1d' }] },
    },
  });
export type SimulationOrderBody = z.output<typeof simulationOrderSchema>;

export function proposalOf({ rules: asked }: SimulationOrderBody): Proposal {
  if (Array.isArray(asked)) return { rules: enabled(asked) };
  return { add: enabled(asked.add), change: enabled(asked.change), remove: asked.remove };
}

/** A rule that is not enabled would count nothing. */
const enabled = (bodies: RuleOrderBody[]): Rule[] => bodies.map(orderOf).filter((order) => order.enabled);

const fatesSchema = z
  .object({
    approved: z
      .int()
      .meta({ description: 'Of verifications that were approved: people whom the rules would have hurt' }),
    neverApproved: z.int().meta({ description: 'Of verifications that were not, or not yet' }),
    neverTried: z.int().meta({ description: 'Their start was refused in reality: nobody knows' }),
  })
  .meta({ id: 'Fates' });

const refusalsSchema = z
  .object({
    acts: fatesSchema,
    unreached: z.int().meta({ description: 'Would not have come about: the verification’s start was refused' }),
    byRule: z.record(z.string(), fatesSchema).meta({ description: 'By each rule in the way' }),
    byShadow: z.record(z.string(), fatesSchema).meta({ description: 'By each that would be, were it enforced' }),
    recipients: z.int().meta({ description: 'Different recipients that were refused something' }),
    addresses: z.int(),
  })
  .meta({ id: 'SimulatedRefusals' });

export const simulationSchema = z
  .object({
    ...{ from: z.iso.datetime(), until: z.iso.datetime(), warmUpFrom: z.iso.datetime() },
    truncated: z
      .boolean()
      .meta({ description: 'There were more acts than one simulation replays: only the newest were' }),
    acts: z.object({ replayed: z.int(), refusedInReality: z.int(), refusedOtherwise: z.int(), notRecorded: z.int() }),
    current: refusalsSchema.meta({ description: 'The rules that hold now, replayed the same way' }),
    proposed: refusalsSchema,
    wronglyRefused: z.array(z.string()).meta({
      description:
        'Up to 20 approved verifications of which the proposed rules refuse something that the current do not',
    }),
  })
  .meta({ id: 'Simulation' });
export type SimulationBody = z.output<typeof simulationSchema>;

export function simulationBody({ from, until, warmUpFrom, ...rest }: Simulation): SimulationBody {
  const times = { from: from.toISOString(), until: until.toISOString(), warmUpFrom: warmUpFrom.toISOString() };
  return { ...times, ...rest };
}
