import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { JWK } from 'jose';
import { z } from 'zod';
import { Public } from '../../platform/http/public.js';
import { ApprovalTokens } from '../application/ports.js';

const jwksSchema = z.object({ keys: z.array(z.record(z.string(), z.string())) }).meta({ id: 'JsonWebKeySet' });

@ApiTags('tokens')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly tokens: ApprovalTokens) {}

  @Get('jwks.json')
  @Public()
  @Header('Cache-Control', 'public, max-age=600')
  @ApiOperation({ operationId: 'readTokenKeys', summary: 'Public keys that verify approval tokens (RFC 7517)' })
  @ApiResponse({
    status: 200,
    description: 'The keys of every secret, for EdDSA and ES256; the one that signs first',
    standardSchema: jwksSchema,
  })
  keys(): Promise<{ keys: JWK[] }> {
    return this.tokens.keys();
  }
}
