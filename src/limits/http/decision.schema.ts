import { z } from 'zod';
import { momentSchema } from '../../platform/http/moment.js';
import { nextCursorSchema, pageMembers, pageQuery } from '../../platform/http/page.js';
import type { Page } from '../../shared/page.js';
import type { LoggedDecision } from '../application/decision-log.js';
import { LIMITED_ACTS } from '../domain/rule.js';

const OUTCOMES = [
  ...(['admitted', 'refused', 'screened', 'suspected', 'returned', 'succeeded', 'unlocked', 'not-recorded'] as const),
] as const;

const name = z.string().min(1).max(64);
const filters = {
  applicationId: name.optional().meta({ description: 'For an operator: of this application only' }),
  on: z.enum(LIMITED_ACTS).optional().meta({ description: 'What was decided about' }),
  outcome: z.enum(OUTCOMES).optional().meta({ description: 'What it came to' }),
  refusedBy: name.optional().meta({ description: 'A rule, a detector or a reason that refused' }),
  shadowedBy: name.optional().meta({ description: 'A shadow rule or detector that would have refused' }),
  verificationId: name.optional().meta({ description: 'Of a refused start too' }),
  ip: z.string().max(45).optional().meta({ description: 'Of the end user; an IPv6 finds its /64' }),
  from: momentSchema.optional().meta({ description: 'Inclusive' }),
  until: momentSchema.optional().meta({ description: 'Exclusive' }),
};
const PAGES = { usual: 50, most: 200 };

export const decisionsQuerySchema = z.strictObject({ ...filters, ...pageQuery(PAGES) });
export type DecisionsQuery = z.output<typeof decisionsQuerySchema>;

export const decisionsSearchSchema = z
  .strictObject({
    to: z
      .strictObject({ phone: z.string().min(1).max(60).optional(), email: z.string().min(3).max(254).optional() })
      .meta({ description: 'One of them; a number in E.164' }),
    ...filters,
    ...pageMembers(PAGES),
  })
  .meta({ id: 'SearchDecisions', example: { to: { phone: '+4915112345678' }, outcome: 'refused' } });
export type DecisionsSearch = z.output<typeof decisionsSearchSchema>;

const text = z.string().nullable();

const decisionSchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    applicationId: z.string(),
    on: z.enum(LIMITED_ACTS),
    outcome: z.enum(OUTCOMES).meta({
      description:
        '`refused` by limits, `screened` by countries or lists, `suspected` by detectors. `returned`, `succeeded`, `unlocked`: ' +
        'what was counted was taken back. `not-recorded`: `times` acts of a flood that were only counted',
    }),
    times: z.int(),
    verificationId: text.meta({ description: 'Of a refused start too, though no such verification exists' }),
    channel: text,
    fallback: z.boolean().meta({ description: 'Nobody asked for it' }),
    refusedBy: z.array(z.string()),
    shadowedBy: z.array(z.string()).meta({ description: 'Would have refused it, were they enforced' }),
    countedBy: z
      .object({
        ...{ recipient: text, recipientPrefix: text, subject: text, factor: text, device: text },
        ...{ country: text, ip: text, apiKey: text },
        custom: z.record(z.string(), z.string()),
      })
      .meta({ description: 'What rules can count it by. What tells a person is a keyed name: equal where they are' }),
  })
  .meta({ id: 'Decision' });

export const decisionsSchema = z
  .object({ decisions: z.array(decisionSchema), nextCursor: nextCursorSchema })
  .meta({ id: 'Decisions' });
export type DecisionsBody = z.output<typeof decisionsSchema>;

export const decisionsBody = ({ found, ...more }: Page<LoggedDecision>): DecisionsBody => ({
  ...{ decisions: found.map(decisionBody), ...more },
});

function decisionBody(decision: LoggedDecision): z.output<typeof decisionSchema> {
  const { id, atMs, applicationId, on, outcome, times, verificationId, channel, fallback, dimensions } = decision;
  const { recipient, recipientPrefix, subject, factor, device, country, ip, apiKey, custom } = dimensions;
  return {
    ...{ id, at: new Date(atMs).toISOString(), applicationId, on, outcome, times, verificationId, channel, fallback },
    ...{ refusedBy: decision.refusedBy, shadowedBy: decision.shadowedBy },
    countedBy: {
      ...{ recipient: recipient ?? null, recipientPrefix: recipientPrefix ?? null, subject: subject ?? null },
      ...{ factor: factor ?? null, device: device ?? null, country: country ?? null, ip: ip ?? null },
      apiKey: apiKey ?? null,
      custom: custom ?? {},
    },
  };
}
