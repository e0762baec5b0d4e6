import type { OpenAPIObject } from '@nestjs/swagger';

type Json = Record<string, unknown>;

/** Requests that we make by ourselves, and the schemas they refer to. */
export interface SentRequests {
  /** A path item of OpenAPI 3.1 for each. */
  webhooks: Record<string, object>;
  /** JSON Schema 2020-12, by name. */
  schemas: Record<string, object>;
}

/** The generator speaks OpenAPI 3.0, which has no webhooks; the document is said again in the words of 3.1, and they are added. */
export function inOpenApi31(document: OpenAPIObject, { webhooks, schemas }: SentRequests): OpenAPIObject {
  const { components, ...said } = withNull(document) as OpenAPIObject;
  const together = { ...components, schemas: { ...components?.schemas, ...schemas } };
  return { ...said, openapi: '3.1.0', webhooks, components: together };
}

/** In 3.0 a schema is `nullable`; in 3.1, where schemas are JSON Schema, null is one of its types. */
function withNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNull);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withNull(member)] as const);
  const { nullable, ...schema } = Object.fromEntries(members);
  return nullable === true ? orNull(schema) : nullable === undefined ? schema : { ...schema, nullable };
}

function orNull({ type, enum: values, allOf, ...schema }: Json): Json {
  if (Array.isArray(values)) return { ...schema, type: [type, 'null'], enum: [...(values as unknown[]), null] };
  if (typeof type === 'string') return { ...schema, type: [type, 'null'] };
  return { ...schema, anyOf: [...(allOf as unknown[]), { type: 'null' }] };
}
