import { z } from 'zod';
import { DELIVERY_DATA } from './data/delivery-data.js';
import { FACTOR_DATA } from './data/factor-data.js';
import { TRAFFIC_DATA } from './data/traffic-data.js';
import { VERIFICATION_DATA } from './data/verification-data.js';
import type { EventType } from './event-types.js';

/** What the `data` of each event says. None has a code, a full recipient or an address of an end user (R8, R87). */
const EVENT_DATA = {
  ...VERIFICATION_DATA,
  ...DELIVERY_DATA,
  ...FACTOR_DATA,
  ...TRAFFIC_DATA,
} satisfies Record<EventType, z.ZodType>;

const bodySchema = (type: EventType) =>
  z.strictObject({
    type: z.literal(type),
    timestamp: z.iso.datetime().meta({ description: 'When it happened' }),
    data: EVENT_DATA[type],
  });

/** The body of each event, as receivers get it. Members may be added; receivers pass over those they do not know. */
export const EVENT_SCHEMAS = Object.fromEntries(
  Object.keys(EVENT_DATA).map((type) => [type, bodySchema(type as EventType)]),
) as Record<EventType, ReturnType<typeof bodySchema>>;
