import { z } from 'zod';
import { DETECTORS } from '../../fraud/domain/breaker.js';
import { TEST_EVENT, type TrafficEvent } from '../event-types.js';
import { ofApplication } from './members.js';

const instant = z.iso.datetime();
const amount = z.string().meta({ description: 'In units of the currency', example: '12.40' });

const detected = {
  ...ofApplication,
  detector: z.enum(DETECTORS),
  place: z.string().meta({
    description: 'A country, a block of numbers without their last digits, a network, an API key; empty: all',
    example: '+491511234',
  }),
};

const limitTripped = z
  .strictObject({
    ...ofApplication,
    rule: z.string().meta({ description: 'Its name' }),
    on: z.enum(['send', 'unsent-start', 'check', 'failed-check']).meta({ description: 'What it counts' }),
    by: z.array(z.string()).meta({ description: 'For each of whom it counts; for whom it was full is not told' }),
    scope: z.enum(['application', 'global']).meta({ description: '`global`: across all applications' }),
    max: z.int(),
    windowSeconds: z.int(),
    since: instant.meta({ description: 'When it was first told; the same as long as it goes on, every ten minutes' }),
    ongoing: z.boolean().meta({ description: 'Whether it was told before, and is still refusing' }),
  })
  .meta({ description: 'A limit rule refused something' });

const fraudTripped = z
  .strictObject({
    ...detected,
    enforced: z.boolean().meta({ description: 'Whether it refuses; else it only tells' }),
    counted: z.int().meta({ description: 'Messages, numbers or guessed-at verifications that it was decided on' }),
    good: z.int().meta({ description: 'How many of them were approved' }),
    since: instant,
    until: instant,
  })
  .meta({ description: 'A detector of pumping or spraying tripped' });

const spendReached = z
  .strictObject({
    ...ofApplication,
    percent: z.int().meta({ description: '50, 80 or 100' }),
    window: z.enum(['day', 'hour']).meta({ description: 'The last 24 hours, the last 60 minutes' }),
    used: amount,
    cap: amount,
    currency: z.string().nullable(),
    mode: z.enum(['shadow', 'enforce']).meta({ description: '`enforce`: at 100 nothing more is sent' }),
  })
  .meta({ description: 'So much of the spending cap is used' });

/** What is told of an application's traffic as a whole: nothing of another's, and of no one person. */
export const TRAFFIC_DATA = {
  'limit.tripped': limitTripped,
  'fraud.tripped': fraudTripped,
  'fraud.cleared': z
    .strictObject(detected)
    .meta({ description: 'A detector lets pass again: codes were typed, or somebody cleared it' }),
  'spend.reached': spendReached,
  [TEST_EVENT]: z.strictObject(ofApplication).meta({ description: 'Somebody tries the endpoint' }),
} satisfies Record<TrafficEvent | typeof TEST_EVENT, z.ZodType>;
