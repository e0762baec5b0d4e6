import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/public.js';
import { DomainError } from '../../shared/domain-error.js';
import { notFound } from '../../shared/refusals.js';
import { ReceiveReport } from '../application/receive-report.js';

interface ReportPath {
  providerId: string;
  attemptId?: string;
  mac?: string;
}

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
  get(@Param() path: ReportPath, @Req() request: FastifyRequest): Promise<string> {
    return this.receive(path, request);
  }

  @Post(PATHS)
  @HttpCode(200)
  post(@Param() path: ReportPath, @Req() request: FastifyRequest): Promise<string> {
    return this.receive(path, request);
  }

  private async receive(path: ReportPath, request: FastifyRequest): Promise<string> {
    const { method, originalUrl, body } = request;
    const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const incoming = { ...path, method, path: originalUrl, headers: single(request), rawBody };
    const received = await this.receiveReport.execute(incoming);
    switch (received.kind) {
      case 'stored':
        return received.answer;
      case 'unknown-provider':
        throw notFound('provider');
      case 'not-authentic':
        throw new DomainError('forbidden', 'forbidden', 'The report is not authentic. Nothing has changed.');
    }
  }
}

function single({ headers }: FastifyRequest): Record<string, string> {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return Object.fromEntries(given) as Record<string, string>;
}
