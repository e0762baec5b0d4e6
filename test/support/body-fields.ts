/** What a suite reads of a JSON schema in an OpenAPI document. */
interface Schema {
  $ref?: string;
  /** Several where it may be null, too. */
  type?: string | string[];
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: Schema | boolean;
}
export interface ApiDocument {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  components: { schemas: Record<string, Schema> };
}

/** One field of a body: where it stands, and what kinds belong there: more than one where it may be this or that. */
export interface BodyField {
  path: string[];
  types: string[];
}

/** The fields of every body that some call takes, the body itself first; by call, as `POST /v1/verifications`. */
export function bodyFields({ paths, components }: ApiDocument): Map<string, BodyField[]> {
  const bodies = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      return schema ? [[`${method.toUpperCase()} ${path}`, fieldsOf(schema, components.schemas)] as const] : [];
    }),
  );
  return new Map(bodies);
}

function fieldsOf(schema: Schema, named: Record<string, Schema>, path: string[] = []): BodyField[] {
  const { type, properties, additionalProperties, anyOf } = resolve(schema, named);
  const either = anyOf?.flatMap((one) => resolve(one, named).type ?? '') ?? [''];
  const here = { path, types: [...new Set(type === undefined ? either : [type].flat())] };
  const members = Object.entries(properties ?? {}).flatMap(([name, member]) =>
    fieldsOf(member, named, [...path, name]),
  );
  // A record whose names are free.
  const free = typeof additionalProperties === 'object' ? fieldsOf(additionalProperties, named, [...path, 'note']) : [];
  return [here, ...members, ...free];
}

function resolve(schema: Schema, named: Record<string, Schema>): Schema {
  const [only] = schema.allOf ?? [];
  if (only) return resolve(only, named);
  return schema.$ref ? resolve(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, named) : schema;
}

/** `body` with the JSON text `value` at `path`; objects on the way are made. */
export function withValue(body: object, path: string[], value: string): string {
  const copy = structuredClone(body) as Record<string, unknown>;
  const last = path.at(-1);
  if (last === undefined) return value;
  let node = copy;
  for (const name of path.slice(0, -1)) node = (node[name] ??= {}) as Record<string, unknown>;
  node[last] = '\u0001';
  return JSON.stringify(copy).replace(JSON.stringify('\u0001'), value);
}
