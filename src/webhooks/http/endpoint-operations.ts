import { applyDecorators, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiIfMatch } from '../../platform/http/entity-tag.js';
import { Tells } from '../../platform/http/security-events.js';
import { ApiEndpointId } from './endpoint-params.js';
import * as schemas from './endpoint.schema.js';
import type { Whose } from './webhooks-controller.js';

const { endpointSchema, endpointListSchema, issuedEndpointSchema } = schemas;

/**
 * Routes on endpoints and what the document says of them: the same for an application's own and, as `Application`, for those
 * that an operator's path names.
 */
export function endpointOperations(whose: Whose) {
  /** Whoever names an application may name one that there is not. */
  const named: 404[] = whose === '' ? [] : [404];
  return {
    list: () =>
      applyDecorators(
        Get(),
        ApiOperation({ operationId: `list${whose}Webhooks`, summary: 'List where events are told' }),
        ApiResponse({ status: 200, description: 'Oldest first, without secrets', standardSchema: endpointListSchema }),
        ApiProblem(...named, 503),
      ),
    create: () =>
      applyDecorators(
        Tells('authz_admin'),
        Post(),
        ApiOperation({
          operationId: `create${whose}Webhook`,
          summary: 'Be told of events at an address; its secret is shown once',
          description:
            'At most 10 for an application. Events from now on are posted there, signed as Standard Webhooks 1.0 has it. ' +
            '`endpoint-refused` says what is wrong with the address.',
        }),
        ApiResponse({ status: 201, description: 'Keep its secret now', standardSchema: issuedEndpointSchema }),
        ApiProblem(400, ...named, 503, { 422: ['endpoint-refused', 'too-many-endpoints'] }),
      ),
    read: () =>
      applyDecorators(
        Get(':endpointId'),
        ApiEndpointId(),
        ApiOperation({ operationId: `read${whose}Webhook`, summary: 'Read an endpoint' }),
        ApiResponse({ status: 200, description: 'As it is now', standardSchema: endpointSchema }),
        ApiProblem(404, 503),
      ),
    replace: () =>
      applyDecorators(
        Tells('authz_admin'),
        Put(':endpointId'),
        ApiEndpointId(),
        ApiIfMatch(),
        ApiOperation({
          operationId: `replace${whose}Webhook`,
          summary: 'Change where, of what and whether to tell; enable an endpoint again',
          description:
            'What is absent gets its default. What is still owed goes to the new address. While it is disabled, what is owed ' +
            'waits and nothing new is kept for it. How it is signed stays: another signature takes another endpoint.',
        }),
        ApiResponse({ status: 200, description: 'As it is now', standardSchema: endpointSchema }),
        ApiProblem(400, 404, 412, 428, 503, { 422: ['endpoint-refused'] }),
      ),
    remove: () =>
      applyDecorators(
        Tells('authz_admin'),
        Delete(':endpointId'),
        HttpCode(204),
        ApiEndpointId(),
        ApiOperation({
          operationId: `delete${whose}Webhook`,
          summary: 'Delete an endpoint, and what it is still owed',
        }),
        ApiResponse({ status: 204, description: 'It is gone' }),
        ApiProblem(404, 503),
      ),
    rotateSecret: () =>
      applyDecorators(
        Tells('authz_admin'),
        Post(':endpointId/rotate-secret'),
        HttpCode(200),
        ApiEndpointId(),
        ApiOperation({
          operationId: `rotate${whose}WebhookSecret`,
          summary: 'Put a new secret in the place of the old one',
          description:
            'Both sign until the overlap ends, so a receiver may change over at any time in between. Meanwhile only a rotation ' +
            'without an overlap goes; it ends both former secrets at once.',
        }),
        ApiResponse({ status: 200, description: 'Keep the secret now', standardSchema: issuedEndpointSchema }),
        ApiProblem(400, 404, 503, { 409: ['already-rotated'] }),
      ),
  };
}
