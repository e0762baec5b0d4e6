import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../platform/http/public.js';
import { CHANNELS } from '../shared/channel.js';
import { TryIt } from './ports.js';
import { SameOriginGuard } from './same-origin.guard.js';

const startSchema = z
  .strictObject({ phone: z.string().optional(), email: z.string().optional() })
  .refine(({ phone, email }) => phone !== undefined || email !== undefined, {
    error: 'Give a phone number or an e-mail.',
  });
const checkSchema = z.strictObject({ code: z.string().regex(/^[0-9]{6,10}$/, { error: 'must be 6 to 10 digits' }) });
const resendSchema = z.strictObject({ channel: z.enum(CHANNELS).optional() });

/** The login of the try-it page: the HTTP API's own calls, without a key, for this page only. */
@ApiExcludeController()
@Public()
@UseGuards(SameOriginGuard)
@Controller('sandbox/try')
export class TryItController {
  constructor(private readonly tryIt: TryIt) {}

  @Post()
  @HttpCode(202)
  start(@Body({ schema: startSchema }) { phone, email }: z.output<typeof startSchema>): Promise<unknown> {
    return this.tryIt.start({ ...(phone !== undefined && { phone }), ...(email !== undefined && { email }) });
  }

  @Post(':id/checks')
  @HttpCode(200)
  check(
    @Param('id') id: string,
    @Body({ schema: checkSchema }) { code }: z.output<typeof checkSchema>,
  ): Promise<unknown> {
    return this.tryIt.check(id, code);
  }

  @Post(':id/resend')
  @HttpCode(202)
  resend(
    @Param('id') id: string,
    @Body({ schema: resendSchema }) { channel }: z.output<typeof resendSchema>,
  ): Promise<unknown> {
    return this.tryIt.resend(id, channel);
  }

  @Get(':id')
  read(@Param('id') id: string): Promise<unknown> {
    return this.tryIt.read(id);
  }
}
