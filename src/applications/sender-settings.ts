import { z } from 'zod';
import { isCountry } from '../shared/country.js';
import { isSenderId, SENDER_ID_RULE } from '../shared/sender-id.js';
import { namedKeys } from './named-keys.js';

const place = z.string().refine((name) => name === 'default' || isCountry(name));
const places = namedKeys('is neither default nor a country code like DE');

const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * What phones show as the sender, by the country of the number that is written to; `default` for all others. Absent: what the
 * provider's entry in the configuration file says.
 */
export const senderSettingsSchema = z
  .strictObject({
    sms: z
      .record(place, z.string().refine(isSenderId, { error: SENDER_ID_RULE }), places)
      .optional()
      .meta({
        description: 'By country of the number, `default` for others: a number, or up to 11 letters, digits and spaces',
        example: { default: 'Shop', DE: '72727' },
      }),
    voice: z
      .record(place, z.string().regex(E164, { error: 'must be a number in E.164, like +4930123456' }), places)
      .optional()
      .meta({ description: 'The number that calls, in E.164: by country of the number, `default` for others' }),
  })
  .meta({
    id: 'SenderSettings',
    description:
      'What phones show as the sender. Absent: what the provider’s entry in the configuration file says. Takes an operator’s key.',
  });
