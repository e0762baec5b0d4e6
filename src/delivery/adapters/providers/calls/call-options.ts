import { z } from 'zod';

/** What every provider of calls has, besides what every provider has. */
export const callOptions = {
  from: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, { error: 'must be a phone number like +4930123456' })
    .meta({
      description: 'The number that calls, one of the account’s; where an application has one of its own, that',
    }),
  ringSeconds: z
    .int()
    .min(10)
    .max(60)
    .default(30)
    .meta({ description: 'How long the phone may ring; a mailbox often answers after 20 to 30' }),
  machineDetection: z
    .boolean()
    .default(false)
    .meta({
      description:
        'Has the vendor listen for answering machines, which costs extra: then a human voice counts as delivered, and a machine as ' +
        'not answered. It does not keep a code off the machine; a key press does',
    }),
};

/** No call lasts longer, whatever becomes of it: its minutes are paid for. */
export const LONGEST_CALL_SECONDS = 120;

/** The number that calls: names, which text messages can come from, can not. */
export const callerOf = (asked: string | undefined, configured: string): string =>
  asked !== undefined && /^\+[1-9]\d{6,14}$/.test(asked) ? asked : configured;
