import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/public.js';
import { DomainError } from '../../shared/domain-error.js';
import { notFound } from '../../shared/refusals.js';
import { AnswerCall } from '../application/answer-call.js';
import { asItCame, type VendorPath } from './as-it-came.js';

const PATH = ':providerId/:attemptId/:mac';

/**
 * Where vendors ask how a call goes on once its key was pressed. Its answer may hold a code, so that the path's MAC and the
 * vendor's own signature are both asked for, and nothing on the way may keep it.
 */
@ApiExcludeController()
@Public()
@SkipThrottle()
@Controller('v1/calls')
export class CallsController {
  constructor(private readonly answerCall: AnswerCall) {}

  @Get(PATH)
  get(@Param() path: VendorPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(path, request, reply);
  }

  @Post(PATH)
  @HttpCode(200)
  post(@Param() path: VendorPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(path, request, reply);
  }

  private async answer(path: VendorPath, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const answered = await this.answerCall.execute(asItCame(path, request));
    switch (answered.kind) {
      case 'answered': {
        const { contentType, body } = answered.answer;
        await reply.type(contentType).send(body);
        return;
      }
      case 'unknown-provider':
        throw notFound('provider');
      case 'not-authentic':
        throw new DomainError('forbidden', 'forbidden', 'The question is not authentic. Nothing was told.');
    }
  }
}
