import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppModule } from '../../src/app.module.js';
import { ApiKeys } from '../../src/applications/api-keys.js';
import { Applications } from '../../src/applications/applications.js';
import { EVERY_COUNTRY } from '../../src/applications/country-settings.js';
import { DOCUMENTED_EVENTS } from '../../src/events/documented-events.js';
import { EVENT_TYPES } from '../../src/events/event-types.js';
import { apiDocument, serveApiDocument } from '../../src/platform/http/api-document.js';
import { VENDOR_BODIES } from '../../src/delivery/http/vendor-bodies.js';
import { fastifyAdapter } from '../../src/platform/http/fastify-adapter.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import { Log } from '../../src/platform/log/log.js';
import { Runtime } from '../../src/platform/runtime.js';
import { providerKinds } from '../../src/provider-kinds.js';
import { readStartup } from '../../src/startup.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

/** What this suite reads of an OpenAPI document. */
interface Operation {
  operationId: string;
  summary?: string;
  tags: string[];
  parameters: { name: string; in: string; description?: string }[];
  requestBody?: { content: Record<string, { schema: { $ref: string } }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: { $ref: string } }> }>;
  security?: object[];
}
type Schema = Record<string, unknown> & { example?: object };
interface Document {
  openapi: string;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: Omit<Operation, 'operationId'> }>;
  components: { schemas: Record<string, Schema>; securitySchemes: object };
}

/** Routes that are no part of the API: for gateways, for Prometheus, for the sandbox's page, and the document itself. */
const UNDOCUMENTED = /^\/(v1\/(reports|calls)\/|metrics$|sandbox\/|docs|openapi\.|$)/;

let store: TestDatabase;
let app: NestFastifyApplication;
let document: Document;
const routes: string[] = [];

beforeAll(async () => {
  store = await openTestDatabase();
  const { env, config } = readStartup(providerKinds, { PORT: '0' });
  const runtime = new Runtime(env);
  const log = Log.to('silent');
  const keyring = new Keyring([{ kid: 'test', key: randomBytes(32) }]);
  const parts = { runtime, log, config, keyring, database: store.database, redis: null };
  app = await NestFactory.create<NestFastifyApplication>(
    AppModule.over(parts),
    fastifyAdapter(env, runtime, VENDOR_BODIES),
    {
      ...{ logger: false, bodyParser: false },
    },
  );
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      for (const name of [method].flat()) if (name !== 'HEAD') routes.push(`${name} ${url}`);
    });
  serveApiDocument(app, DOCUMENTED_EVENTS);
  await app.init();
  document = JSON.parse(JSON.stringify(apiDocument(app, DOCUMENTED_EVENTS))) as Document;
});
afterAll(async () => {
  await app.close();
  await store.close();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

function* nodesOf(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Record<string, unknown>;
  for (const member of Object.values(value)) yield* nodesOf(member);
}

const componentOf = (ref: string) => document.components.schemas[ref.replace('#/components/schemas/', '')];

describe('openapi.json', () => {
  it('is what the service serves; if not, run: npm run openapi:write', () => {
    const committed = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as unknown;
    expect(document, 'The API has changed. Look at the difference, then run: npm run openapi:write').toEqual(committed);
  });
});

describe('the API document', () => {
  it('has every route of the service, and no other', () => {
    const documented = operations().map(({ method, path }) => `${method} ${path}`);
    const served = routes
      .filter((route) => !UNDOCUMENTED.test(route.replace(/^\w+ /, '')))
      .map((route) => route.replace(/:(\w+)/g, '{$1}'));
    expect(new Set(documented)).toEqual(new Set(served));
    expect(documented.length).toBeGreaterThan(20);
  });

  it('R82 has every event as a webhook, with its headers and a schema that says what it means', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.webhooks)).toEqual([...EVENT_TYPES]);
    for (const [type, { post }] of Object.entries(document.webhooks)) {
      expect(post.summary?.length, type).toBeGreaterThan(10);
      expect(post.parameters.map(({ name }) => name)).toEqual(['webhook-id', 'webhook-timestamp', 'webhook-signature']);
      const { $ref = '' } = post.requestBody?.content['application/json']?.schema ?? {};
      expect(componentOf($ref), type).toMatchObject({
        properties: { type: { const: type }, data: { type: 'object' } },
      });
    }
    const words = [...nodesOf(document)].flatMap((node) => Object.keys(node));
    expect(words).not.toContain('nullable');
  });

  it('is OpenAPI 3: references resolve, ids are unique, parameters are those of the path', () => {
    expect(document.openapi).toMatch(/^3\./);
    const refs = [...nodesOf(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    for (const ref of refs) expect(componentOf(ref), ref).toBeDefined();
    const names = Object.keys(document.components.schemas);
    expect(new Set(refs.map((ref) => ref.split('/').at(-1)))).toEqual(new Set(names));
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations()) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath.sort(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
    }
  });

  it('says of every call what it does, with what key, and what its answers mean', () => {
    const tags = document.tags.map(({ name }) => name);
    for (const { path, method, operation } of operations()) {
      const call = `${method} ${path}`;
      expect(operation.summary?.length, call).toBeGreaterThan(10);
      expect(tags, call).toEqual(expect.arrayContaining(operation.tags));
      for (const { description } of operation.parameters) expect(description, call).toBeTruthy();
      for (const { description } of Object.values(operation.responses)) expect(description, call).toBeTruthy();
      if (operation.security)
        expect(operation.responses['403']?.description, call).toMatch(
          /`application-disabled`[^]+It takes `(verify|read|admin|operator)`/,
        );
    }
  });

  it('asks for a key where one is needed and nowhere else', () => {
    const open = operations().filter(({ operation }) => operation.security === undefined);
    expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /livez',
      'GET /readyz',
      'GET /.well-known/jwks.json',
    ]);
    expect(document.components.securitySchemes).toEqual({
      apiKey: expect.objectContaining({ type: 'http', scheme: 'bearer' }) as object,
    });
  });

  it('describes every refusal as a problem document with its codes', () => {
    for (const { path, method, operation } of operations()) {
      const refusals = Object.entries(operation.responses).filter(([status]) => !/^2|^503$/.test(status));
      expect(refusals.length, path).toBeGreaterThan(0);
      for (const [status, { description, content }] of refusals) {
        expect(content, `${method} ${path} ${status}`).toEqual({
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        });
        if (status !== 'default') expect(description, `${method} ${path} ${status}`).toMatch(/: `[a-z-]+`/);
      }
    }
  });

  it('R64 allows nothing in a body that it does not name', () => {
    const bodies = operations().flatMap(({ operation }) => operation.requestBody?.content['application/json'] ?? []);
    expect(bodies.length).toBeGreaterThan(8);
    const looked = new Set<string>();
    const look = ($ref: string) => {
      if (looked.has($ref)) return;
      looked.add($ref);
      for (const node of nodesOf({ ...componentOf($ref), example: undefined })) {
        if (node['type'] === 'object') expect(node['additionalProperties'], $ref).not.toBe(undefined);
        if (node['properties']) expect(node['additionalProperties'], $ref).toBe(false);
        if (typeof node['$ref'] === 'string') look(node['$ref']);
      }
    };
    for (const { schema } of bodies) look(schema.$ref);
  });

  it('gives examples that work', async () => {
    const { id } = await app.get(Applications).create('examples', 'test', EVERY_COUNTRY);
    const key = await app
      .get(ApiKeys)
      .create({ applicationId: id, scopes: ['verify', 'read', 'admin'] }, { keyId: 'test' });
    const headers = { authorization: `Bearer ${key.secret}` };
    const post = (url: string, name: string) => {
      const payload = document.components.schemas[name]?.example;
      if (!payload) throw new Error(`${name} has no example`);
      return app.inject({ method: 'POST', url, headers, payload });
    };
    const started = await post('/v1/verifications', 'StartVerification');
    expect(started.statusCode).toBe(202);
    const example = document.components.schemas['Verification']?.example ?? {};
    expect(Object.keys(started.json<object>())).toEqual(Object.keys(example));
    const { id: verification } = started.json<{ id: string }>();
    const checked = await post(`/v1/verifications/${verification}/checks`, 'CheckCode');
    expect([200, 422]).toContain(checked.statusCode);
    const again = await post(`/v1/verifications/${verification}/resend`, 'ResendCode');
    expect(again.json()).toMatchObject({ code: 'cooldown' });
  });
});

describe('/docs', () => {
  it('is a page whose files are all there, under a policy that loads nothing from elsewhere', async () => {
    const page = await app.inject({ url: '/docs' });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    const files = [...page.body.matchAll(/(?:src|href)="\.?\/?(docs\/[^"]+)"/g)].map(([, file]) => `/${file ?? ''}`);
    expect(files.length).toBeGreaterThan(3);
    for (const url of files) expect((await app.inject({ url })).statusCode, url).toBe(200);
    expect(page.body).not.toMatch(/(?:src|href)="https?:/);
    expect(page.body).not.toMatch(/<script>[^<]/);
  });

  it('is served with the document in JSON', async () => {
    const served = await app.inject({ url: '/openapi.json' });
    expect(served.json()).toEqual(document);
  });
});
