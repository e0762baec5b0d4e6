import { z } from 'zod';
import { DETECTORS } from '../domain/breaker.js';

const instant = z.string().meta({ format: 'date-time' });

const tripSchema = z
  .strictObject({
    id: z.string(),
    applicationId: z.string(),
    detector: z.enum(DETECTORS),
    place: z.string().meta({
      description: 'A country, a block of numbers, a network, an API key; empty: all.',
      example: '+491511234',
    }),
    state: z.enum(['tripped', 'trying']).meta({
      description: '`trying`: its time is over, and a few messages are let through to see what comes of them.',
    }),
    counted: z.int().meta({ description: 'Messages, numbers or guessed-at verifications that it was decided on.' }),
    good: z.int().meta({ description: 'How many of them were approved.' }),
    since: instant,
    until: instant,
  })
  .meta({ id: 'FraudTrip' });

export const tripListSchema = z.strictObject({ trips: z.array(tripSchema) }).meta({ id: 'FraudTripList' });
