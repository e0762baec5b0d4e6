import { z } from 'zod';

const GROUPS = ['', 'PENDING', 'UNDELIVERABLE', 'DELIVERED', 'EXPIRED', 'REJECTED'];

/** Infobip's names are words in capitals; anything else is not repeated. */
const name = z
  .string()
  .regex(/^\w{1,64}$/)
  .optional()
  .catch(undefined);

/** Statuses that say more than their group, by the numbers of Infobip's list; whatever comes without its name is known by it. */
const NAMES = new Map([
  [2, 'DELIVERED_TO_OPERATOR'],
  [5, 'DELIVERED_TO_HANDSET'],
  [8, 'REJECTED_PREFIX_MISSING'],
  [10, 'REJECTED_DND'],
  [12, 'REJECTED_NOT_ENOUGH_CREDITS'],
  [20, 'REJECTED_FLOODING_FILTER'],
  [21, 'REJECTED_SYSTEM_ERROR'],
  [23, 'REJECTED_DUPLICATE_MESSAGE_ID'],
  [29, 'EXPIRED_DLR_UNKNOWN'],
]);

const number = z.number().optional().catch(undefined);

/** `status` of a message, in an answer and in a report alike. It and its group may be named or numbered. */
const statusSchema = z
  .object({ groupId: number, groupName: name, id: number, name })
  .transform(({ groupId = 0, groupName, id = 0, name: given }) => {
    const group = groupName ?? GROUPS[groupId] ?? '';
    const listed = NAMES.get(id);
    return { group, name: given ?? (listed?.startsWith(group) ? listed : undefined) };
  });

const messageId = z.string().optional().catch(undefined);

/** What an answer to a submit says of each message. */
export const sentSchema = z.object({ messages: z.array(z.object({ messageId, status: statusSchema })).min(1) });

const resultSchema = z.object({
  ...{ messageId, status: statusSchema },
  error: z
    .object({ name, permanent: z.boolean().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
  callbackData: z.string().nullish().catch(undefined),
});

/** Infobip's own most is 100, where an account has not asked for more. */
const MOST_RESULTS = 1_000;

/**
 * What a callback says of each message; one that can not be read keeps nothing from the others.
 * https://www.infobip.com/docs/api/channels/sms/receive-outbound-sms-message-report-v3
 */
export const reportsSchema = z.object({
  results: z
    .array(resultSchema.nullable().catch(null))
    .max(MOST_RESULTS)
    .transform((results) => results.filter((result) => result !== null)),
});

export type InfobipResult = z.output<typeof resultSchema>;

/** Reads a body by one of these; null where it is something else. */
export function readJson<T>(schema: z.ZodType<T>, body: string): T | null {
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
