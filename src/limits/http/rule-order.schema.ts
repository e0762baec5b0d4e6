import { z } from 'zod';
import type { RuleOrder } from '../domain/owned-rule.js';
import { parseRate, type Rate } from '../../shared/rate.js';
import { LIMITED_ACTS } from '../domain/rule.js';
import { problemsOf } from '../domain/rule-problems.js';

export const SCOPES = ['application', 'global'] as const;
export const MODES = ['enforce', 'shadow'] as const;

const fieldsSchema = z.strictObject({
  name: z
    .string()
    .meta({ description: 'Small letters, digits and hyphens. It is told to your key when the rule refuses' }),
  on: z.enum(LIMITED_ACTS).meta({
    description: 'A message to somebody, a start that sends none, a guess at a code, or a guess that was wrong',
  }),
  by: z.array(z.string()).meta({ description: 'One to three dimensions; each combination has a count of its own' }),
  scope: z
    .enum(SCOPES)
    .default('application')
    .meta({ description: '`global` counts across all applications; only the installation has such rules' }),
  rate: z
    .string()
    .optional()
    .meta({ description: 'Instead of max and windowSeconds: at most five within any hour is `5/1h`', example: '5/1h' }),
  max: z.int().optional().meta({ description: '1 to 1,000,000' }),
  windowSeconds: z.int().optional().meta({ description: '1 second to 366 days' }),
  mode: z.enum(MODES).default('enforce').meta({ description: '`shadow` counts and tells, and refuses nobody' }),
  enabled: z.boolean().default(true),
  note: z
    .string()
    .max(300)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: 'must not hold control characters' })
    .default('')
    .meta({ description: 'Why it is there, for the next person. Nothing personal: it goes into the audit log' }),
});
type Fields = z.output<typeof fieldsSchema>;

/** A rule as somebody wants it, checked completely: everything that is wrong is said with its path, before anything is asked. */
export const ruleOrderSchema = fieldsSchema
  .superRefine((fields, context) => {
    const say = (path: (string | number)[], message: string) => {
      context.addIssue({ code: 'custom', path, message });
    };
    const rate = rateOf(fields);
    if (!rate && fields.rate !== undefined) say(['rate'], 'is written like 5/1h; the units are s, m, h and d');
    else if (!rate) say(['rate'], 'is needed, or max and windowSeconds');
    if (rate && !agree(fields, rate)) say(['rate'], 'says something else than max and windowSeconds');
    for (const { path, message } of problemsOf({ ...fields, ...(rate ?? SOUND) })) {
      const part = String(path[0]);
      if (fields.rate !== undefined && part in SOUND) say(['rate'], `its ${part} ${message}`);
      else say(path, message);
    }
  })
  .meta({
    id: 'RuleOrder',
    example: { name: 'session-hour', on: 'send', by: ['custom:session'], rate: '20/1h', mode: 'shadow' },
  });
export type RuleOrderBody = z.output<typeof ruleOrderSchema>;

/** What the ledger keeps of it. */
export function orderOf(body: RuleOrderBody): RuleOrder {
  const { name, on, by, scope, mode, enabled, note } = body;
  return { name, on, by: by as RuleOrder['by'], scope, mode, enabled, note, ...(rateOf(body) ?? SOUND) };
}

/** Stands in where there is no rate, so that what else is wrong is said as well. */
const SOUND: Rate = { max: 1, windowSeconds: 1 };

function rateOf({ rate, max, windowSeconds }: Fields): Rate | null {
  if (rate !== undefined) return parseRate(rate);
  return max === undefined || windowSeconds === undefined ? null : { max, windowSeconds };
}

/** Whoever sends back what was read names both. */
const agree = ({ max, windowSeconds }: Fields, rate: Rate) =>
  (max ?? rate.max) === rate.max && (windowSeconds ?? rate.windowSeconds) === rate.windowSeconds;
