import type { OpenAPIObject } from '@nestjs/swagger';

type Json = Record<string, unknown>;

const PROBLEM = { $ref: '#/components/schemas/Problem' };
const PROBLEM_CONTENT = { 'application/problem+json': { schema: PROBLEM } };
const ANY_PROBLEM = {
  description:
    'Every other refusal: a wrong path, method or media type, a body that is too large, a flood, a fault of ours',
  content: PROBLEM_CONTENT,
};

/** Formats whose meaning is known by name; the expression that checks them says nothing more to a reader. */
const FORMATS = new Set(['date-time', 'ipv4', 'ipv6', 'hostname']);

/** What the generator can not say: problems have their own media type, may follow any call, and noise is left out. */
export function tidied(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths))
    for (const operation of Object.values(item as Record<string, Json>)) tidyOperation(operation);
  return { ...document, components: withoutNoise(document.components) as NonNullable<OpenAPIObject['components']> };
}

function tidyOperation(operation: Json): void {
  const responses = operation['responses'] as Record<string, Json>;
  for (const response of Object.values(responses))
    if (JSON.stringify(response['content'] ?? null).includes(PROBLEM.$ref)) response['content'] = PROBLEM_CONTENT;
  responses['default'] = ANY_PROBLEM;
  // A handler that narrows what its class asks for would ask twice.
  if (operation['security']) operation['security'] = [{ apiKey: [] }];
}

/** Bounds that only say "an integer of JavaScript", and expressions beside a format. */
function withoutNoise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNoise);
  if (typeof value !== 'object' || value === null) return value;
  const { format } = value as Json;
  const isKnown = typeof format === 'string' && FORMATS.has(format);
  const members = Object.entries(value)
    .filter(
      ([name, member]) => !(name === 'pattern' && isKnown) && Math.abs(Number(member)) !== Number.MAX_SAFE_INTEGER,
    )
    .map(([name, member]) => [name, withoutNoise(member)] as const);
  return Object.fromEntries(members);
}
