import { z } from 'zod';
import { momentSchema } from '../../platform/http/moment.js';
import { nextCursorSchema, pageQuery } from '../../platform/http/page.js';

const text = z.string().min(1).max(128);

export const auditQuerySchema = z.strictObject({
  actor: text.optional().meta({ description: 'Id of the API key that did it, or `cli`.' }),
  action: text.optional().meta({ description: 'How the action begins: `key.`, or all of it: `key.created`.' }),
  target: text.optional().meta({ description: 'Id of what it was done to.' }),
  applicationId: text.optional().meta({ description: 'For operators: only what concerns this application.' }),
  from: momentSchema.optional().meta({ description: 'Inclusive.' }),
  until: momentSchema.optional().meta({ description: 'Exclusive.' }),
  ...pageQuery({ usual: 50, most: 200 }),
});
export type AuditQueryParameters = z.output<typeof auditQuerySchema>;

const hash = z.string().meta({ description: 'SHA-256 over the hash before it and this entry, in hex.' });

export const auditPageSchema = z
  .strictObject({
    entries: z.array(
      z
        .strictObject({
          seq: z.int(),
          at: z.string().meta({ format: 'date-time' }),
          actor: z.string().meta({ description: 'Id of the API key, or `cli`.' }),
          action: z.string().meta({ example: 'application.settings-changed' }),
          target: z.string(),
          details: z.record(z.string(), z.unknown()).meta({ description: 'For a change, `before` and `after`.' }),
          hash,
        })
        .meta({ id: 'AuditEntry' }),
    ),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'AuditPage' });

export const auditHeadSchema = z
  .strictObject({ seq: z.int().meta({ description: 'Number of the last entry; there are none before 1.' }), hash })
  .meta({ id: 'AuditHead' });
