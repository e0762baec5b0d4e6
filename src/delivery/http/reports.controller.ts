import { Controller, Get, HttpCode, Param, PayloadTooLargeException, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/public.js';
import { DomainError } from '../../shared/domain-error.js';
import { notFound } from '../../shared/refusals.js';
import { ReceiveReport } from '../application/receive-report.js';
import { asItCame, type VendorPath } from './as-it-came.js';

const PATHS = [':providerId', ':providerId/:attemptId/:mac'];

/**
 * Where gateways report. They authenticate themselves by the path's MAC or their own signature, and many at once come from one
 * address, so neither keys nor the ceiling per address apply. The answer is 200 whatever the report says: Kannel takes nothing
 * but 200 and 202 for success, others drop for good what was answered 4xx.
 */
@ApiExcludeController()
@Public()
@SkipThrottle()
@Controller('v1/reports')
export class ReportsController {
  constructor(private readonly receiveReport: ReceiveReport) {}

  @Get(PATHS)
  get(@Param() path: VendorPath, @Req() request: FastifyRequest): Promise<string> {
    return this.receive(path, request);
  }

  @Post(PATHS)
  @HttpCode(200)
  post(@Param() path: VendorPath, @Req() request: FastifyRequest): Promise<string> {
    return this.receive(path, request);
  }

  private async receive(path: VendorPath, request: FastifyRequest): Promise<string> {
    const received = await this.receiveReport.execute(asItCame(path, request));
    switch (received.kind) {
      case 'stored':
        return received.answer;
      case 'unknown-provider':
        throw notFound('provider');
      case 'too-long':
        throw new PayloadTooLargeException();
      case 'not-authentic':
        throw new DomainError('forbidden', 'forbidden', 'The report is not authentic. Nothing has changed.');
    }
  }
}
