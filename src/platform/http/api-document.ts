import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { VERSION } from '../version.js';
import { inOpenApi31, type SentRequests } from './openapi-3-1.js';
import { tidied } from './tidy-document.js';

const DESCRIPTION = `Self-hosted verification: one-time codes that arrive, checked once.

A login flow makes two calls. *Start* sends a code over the first channel that can carry it, and over the next one when the
carrier reports that it did not arrive, or reports nothing. *Check* compares what the person typed: a 2xx means approved, and
nothing else does.

Requests are strict: unknown members, numbers for strings and the like are refused. Every refusal is an RFC 9457 problem
document with a stable \`code\`. A code, a full phone number or address is never in an answer.`;

const TAGS = [
  ['verifications', 'Start, check, send again, cancel, and see why a code arrived or did not'],
  ['factors', 'Authenticators and backup codes: enrol, check, look after, take over from elsewhere'],
  ['tokens', 'What an approval is proved with'],
  ['settings', "An application's own settings"],
  ['recipients', 'What a person may ask for, and letting a locked recipient try again'],
  ['applications', 'Tenants, for operators'],
  ['keys', 'API keys, for operators'],
  ['webhooks', 'Being told of events: where, how it is signed, and what came of it'],
  ['limit rules', 'Who may send, guess and fail how often'],
  ['decisions', 'What limits said to whom, and what other rules would have said'],
  ['lists', 'Who is never sent anything, and who is never counted'],
  ['fraud', 'Detectors of pumping and spraying, and what they have stopped'],
  ['money', 'Prices, and what was spent'],
  ['stats', 'What was sent, delivered, approved and refused over time'],
  ['providers', 'How providers are doing, and switching one off, for operators'],
  ['audit', 'Who changed what'],
  ['edge', 'Ceilings before every route, for operators'],
  ['operations', 'For balancers and monitors'],
] as const;

const API_KEY =
  'An API key, `ek_…`, of an application (scopes `verify`, `read`, `admin`) or of an operator. Each 403 says what it takes.';

const NOTHING: SentRequests = { webhooks: {}, schemas: {} };

/** The OpenAPI document, made from the same schemas that validate. @param sent what the service sends of its own accord */
export function apiDocument(app: NestFastifyApplication, sent = NOTHING): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Einmal')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The service that serves this document')
    .addBearerAuth({ type: 'http', bearerFormat: 'ek_…', description: API_KEY }, 'apiKey');
  for (const [name, description] of TAGS) about.addTag(name, description);
  const options = { operationIdFactory: (_controller: string, method: string) => method };
  return tidied(inOpenApi31(SwaggerModule.createDocument(app, about.build(), options), sent));
}

/** Serves the document at `/openapi.json` and a page to read it at `/docs`. */
export function serveApiDocument(app: NestFastifyApplication, sent: SentRequests): void {
  SwaggerModule.setup('docs', app, () => apiDocument(app, sent), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Einmal: API reference',
  });
}
