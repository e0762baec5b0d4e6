import { applyDecorators, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { ApiEventId } from './endpoint-params.js';
import { messagePageSchema, messageSchema, replayedSchema } from './message.schema.js';
import type { Whose } from './webhooks-controller.js';

/** Routes on messages and what the document says of them, for both kinds of paths. */
export const messageOperations = (whose: Whose) => ({
  list: () =>
    applyDecorators(
      Get('messages'),
      ApiOperation({
        operationId: `list${whose}WebhookMessages`,
        summary: 'What an endpoint was told, and what came of it',
      }),
      ApiResponse({ status: 200, description: 'Newest first', standardSchema: messagePageSchema }),
      ApiProblem(400, 404, 503),
    ),
  replay: () =>
    applyDecorators(
      Tells('authz_admin'),
      Post('messages/:eventId/replay'),
      HttpCode(202),
      ApiEventId(),
      ApiOperation({
        operationId: `replay${whose}WebhookMessage`,
        summary: 'Send a message again, whatever came of it',
        description: 'Now, with all of its tries before it and under the same `webhook-id`.',
      }),
      ApiResponse({ status: 202, description: 'It is due', standardSchema: messageSchema }),
      ApiProblem(404, 503, { 409: ['endpoint-disabled', 'being-tried'] }),
    ),
  replaySince: () =>
    applyDecorators(
      Tells('authz_admin'),
      Post('replay'),
      HttpCode(202),
      ApiOperation({
        operationId: `replay${whose}WebhookMessages`,
        summary: 'Send again what failed since a moment',
        description: 'Up to 1,000 a call, oldest first: go on with `nextCursor` where the answer has one.',
      }),
      ApiResponse({ status: 202, description: 'They are due', standardSchema: replayedSchema }),
      ApiProblem(400, 404, 503, { 409: ['endpoint-disabled'] }),
    ),
  test: () =>
    applyDecorators(
      Tells('authz_admin'),
      Post('test'),
      HttpCode(202),
      ApiOperation({
        operationId: `test${whose}Webhook`,
        summary: 'Send `webhook.test` to an endpoint',
        description: 'To this one alone, whatever it listens to. What came of it stands in its messages.',
      }),
      ApiResponse({ status: 202, description: 'It is due', standardSchema: messageSchema }),
      ApiProblem(404, 503, { 409: ['endpoint-disabled'] }),
    ),
});
