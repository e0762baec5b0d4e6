import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { readFileSync } from 'node:fs';
import { Public } from '../platform/http/public.js';

const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

/** The try-it page: three files, read once, under a policy that lets them load nothing from anywhere else. */
@ApiExcludeController()
@Public()
@Controller()
export class PageController {
  private readonly html = readFileSync(new URL('./page/page.html', import.meta.url));
  private readonly css = readFileSync(new URL('./page/page.css', import.meta.url));
  private readonly script = readFileSync(new URL('./page/page.js', import.meta.url));

  @Get()
  page(@Res() reply: FastifyReply): void {
    send(reply, 'text/html', this.html);
  }

  @Get('sandbox/page.css')
  style(@Res() reply: FastifyReply): void {
    send(reply, 'text/css', this.css);
  }

  @Get('sandbox/page.js')
  code(@Res() reply: FastifyReply): void {
    send(reply, 'text/javascript', this.script);
  }
}

function send(reply: FastifyReply, type: string, file: Buffer): void {
  void reply.headers(HEADERS).type(`${type}; charset=utf-8`).send(file);
}
