import { z } from 'zod';
import type { ReportRequest } from '../../../application/provider.js';

/** What a webhook says of a message. */
export interface SevenStatus {
  messageId: string;
  /** In capitals. */
  status: string;
  /** The `foreign_id` the message was sent with, where seven says it. */
  foreignId?: string;
}

const text = z.union([z.string(), z.number()]).transform(String);
const statusSchema = z.object({ msg_id: text, status: z.string(), foreign_id: text.nullish() });

/**
 * Reads a webhook in each of the ways an account can choose: JSON, a form, or a query; nested below `data` or, as it was once,
 * flat. https://docs.seven.io/en/rest-api/webhooks
 *
 * @returns null for every other event: an account may have one webhook for all of them.
 */
export function readSevenWebhook(request: ReportRequest): SevenStatus | null {
  const fields = fieldsOf(request);
  if ((fields['webhook_event'] ?? 'dlr') !== 'dlr') return null;
  const read = statusSchema.safeParse(fields['data'] ?? fields);
  if (!read.success) return null;
  const { msg_id: messageId, status, foreign_id: foreignId } = read.data;
  return { messageId, status: status.toUpperCase(), ...(typeof foreignId === 'string' && { foreignId }) };
}

function fieldsOf({ method, url, rawBody }: ReportRequest): Record<string, unknown> {
  if (method === 'GET') return nested(new URL(url).searchParams);
  const body = rawBody.toString('utf8');
  return objectIn(body) ?? nested(new URLSearchParams(body));
}

/** `data[msg_id]=1` is a field of `data`. */
function nested(form: URLSearchParams): Record<string, unknown> {
  const fields = new Map<string, unknown>(form);
  const data = [...form].flatMap(([name, value]) => {
    const inner = /^data\[(\w+)\]$/.exec(name)?.[1];
    return inner === undefined ? [] : [[inner, value] as const];
  });
  return Object.fromEntries(data.length > 0 ? fields.set('data', Object.fromEntries(data)) : fields);
}

function objectIn(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
