import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiIfMatch, IfMatch, withEntityTag } from '../../platform/http/entity-tag.js';
import { Tells } from '../../platform/http/security-events.js';
import { Prices, type PriceTable } from '../application/ports.js';
import * as schemas from './prices.schema.js';

/** What messages cost: one table for the installation, which its operators change and every administrator may read. */
@ApiTags('money')
@Controller('v1/admin/prices')
@Needs('operator')
export class PricesController {
  constructor(private readonly prices: Prices) {}

  @Get()
  @Needs('admin', 'operator')
  @ApiOperation({ operationId: 'listPrices', summary: 'What messages cost' })
  @ApiResponse({ status: 200, description: 'A page, by id', standardSchema: schemas.pricePageSchema })
  @ApiProblem(400)
  async list(
    @Query({ schema: schemas.pageQuerySchema }) { limit, cursor }: schemas.PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.PricePageBody> {
    return withEntityTag(reply, schemas.pageBody(await this.prices.page(limit, cursor)));
  }

  @Tells('authz_admin')
  @Put()
  @ApiOperation({
    operationId: 'setPrices',
    summary: 'Set prices of messages',
    description:
      'All that are named, or none. Those that are not named stay. The currency is that of the first prices.',
  })
  @ApiResponse({ status: 200, description: 'They hold', standardSchema: schemas.priceTableSchema })
  @ApiIfMatch()
  @ApiProblem(400, 412, 428, { 422: ['other-currency', 'too-many-prices'] })
  async set(
    @IfMatch() version: number,
    @Body({ schema: schemas.pricesChangeSchema }) { currency, prices }: schemas.PricesChangeBody,
    @Caller() { keyId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PriceTable> {
    const set = prices.map(schemas.priceOf);
    return withEntityTag(reply, await this.prices.change({ version, currency, set, remove: [] }, keyId));
  }

  @Tells('authz_admin')
  @Delete(':id')
  @HttpCode(204)
  @ApiParam({ name: 'id', description: 'Channel, country, prefix and provider; `*` for any', example: 'sms:DE:4915:*' })
  @ApiOperation({ operationId: 'removePrice', summary: 'Remove a price' })
  @ApiResponse({ status: 204, description: 'A less specific one holds now' })
  @ApiIfMatch()
  @ApiProblem(404, 412, 428)
  async remove(
    @IfMatch() version: number,
    @Param('id') id: string,
    @Caller() { keyId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    withEntityTag(reply, await this.prices.change({ version, set: [], remove: [id] }, keyId));
  }
}
