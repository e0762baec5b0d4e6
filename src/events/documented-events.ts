import { z } from 'zod';
import type { SentRequests } from '../platform/http/openapi-3-1.js';
import { toldVerificationSchema } from './data/members.js';
import { EVENT_SCHEMAS } from './event-schemas.js';
import { EVENT_TYPES, type EventType } from './event-types.js';

type Json = Record<string, unknown>;

/** `verification.started` is the schema `VerificationStartedEvent`. */
const schemaName = (type: EventType) =>
  `${type
    .split('.')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Event`;

const HEADERS = {
  'webhook-id': 'The same whenever this event is told again: by it you know what you have had',
  'webhook-timestamp': 'When this try was made, seconds since 1970; refuse what is older than five minutes',
  'webhook-signature':
    'Over id, timestamp and body: `v1,…` or `v1a,…`, several with spaces between while secrets change',
};

const parameters = Object.entries(HEADERS).map(([name, description]) => ({
  ...{ name, in: 'header', required: true, description, schema: { type: 'string' } },
}));

const RESPONSES = {
  '2XX': { description: 'You have it' },
  '410': { description: 'You want no more: the endpoint is disabled' },
  default: { description: 'It is told again, up to ten times within 75 hours' },
};

function pathItem(type: EventType): object {
  const schema = { $ref: `#/components/schemas/${schemaName(type)}` };
  const { description: summary } = EVENT_SCHEMAS[type].shape.data.meta() ?? {};
  const requestBody = { required: true, content: { 'application/json': { schema } } };
  return { post: { summary, tags: ['webhooks'], security: [], parameters, requestBody, responses: RESPONSES } };
}

function schemas(): Record<string, Json> {
  const named = z.registry<{ id: string }>();
  named.add(toldVerificationSchema, { id: 'ToldVerification' });
  for (const type of EVENT_TYPES) named.add(EVENT_SCHEMAS[type], { id: schemaName(type) });
  const made = z.toJSONSchema(named, { uri: (id) => `#/components/schemas/${id}`, override: asTold });
  return Object.fromEntries(Object.entries(made.schemas).map(([id, schema]) => [id, withoutName(schema)]));
}

/** Receivers pass over what they do not know, so that members can be added. */
function asTold({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema['additionalProperties'] === false) delete jsonSchema['additionalProperties'];
  delete jsonSchema['propertyNames'];
}

/** It stands under its name already. */
const withoutName = (schema: object): Json =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id'));

/** Events as the API document tells of them: one webhook each, so that receivers can generate types. */
export const DOCUMENTED_EVENTS: SentRequests = {
  webhooks: Object.fromEntries(EVENT_TYPES.map((type) => [type, pathItem(type)])),
  schemas: schemas(),
};
