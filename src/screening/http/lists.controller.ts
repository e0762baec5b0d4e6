import { Body, Controller, Delete, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiIfMatch, IfMatch, withEntityTag } from '../../platform/http/entity-tag.js';
import { Tells, tellWeakening } from '../../platform/http/security-events.js';
import { EditLists } from '../application/edit-lists.js';
import type { ListEntry, ListOf } from '../application/ports.js';
import { SearchLists } from '../application/search-lists.js';
import { orderOf, pageBody, weakens } from './list-answer.js';
import { ListOwner } from './list-owner.js';
import { ApiEntryId, ApiNamedList, EntryId } from './list-params.js';
import * as schemas from './list.schema.js';

/** The lists of whoever calls: an application's own, or with an operator's key the installation's. */
@ApiTags('lists')
@ApiNamedList()
@Controller('v1/admin/lists/:list')
@Needs('admin', 'operator')
export class ListsController {
  constructor(
    private readonly lists: EditLists,
    private readonly search: SearchLists,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listEntries', summary: 'List whom a list names' })
  @ApiResponse({ status: 200, description: 'Changed last first', standardSchema: schemas.listEntriesSchema })
  @ApiProblem(400, 404, 503)
  async list(
    @ListOwner() of: ListOf,
    @Query({ schema: schemas.listPageSchema }) { limit, cursor }: schemas.ListPage,
  ): Promise<schemas.ListEntriesBody> {
    return pageBody(await this.lists.page(of, limit, cursor));
  }

  @Tells('authz_admin')
  @Post()
  @ApiOperation({
    operationId: 'addEntries',
    summary: 'Put numbers, prefixes, e-mail addresses, domains or IP ranges on a list',
    description:
      'All values or none. Another spelling of what is there is the same entry, and gets the new end and note. Holds on every ' +
      'process within 5 s.',
  })
  @ApiResponse({ status: 201, description: 'They hold', standardSchema: schemas.listEntriesSchema })
  @ApiProblem(400, 404, 503, { 422: ['list-full'] })
  async add(
    @ListOwner() of: ListOf,
    @Body({ schema: schemas.listOrderSchema }) body: schemas.ListOrderBody,
    @Caller() { keyId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.ListEntriesBody> {
    const entries = await this.lists.add(of, orderOf(body), keyId);
    tellWeakening(reply.request, weakens(of, 'add'));
    return { entries };
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({ operationId: 'searchEntries', summary: 'Which entries cover a recipient or an address' })
  @ApiResponse({ status: 200, description: 'The most exact first', standardSchema: schemas.listEntriesSchema })
  @ApiProblem(400, 404, 503)
  async searchEntries(
    @ListOwner() of: ListOf,
    @Body({ schema: schemas.listSearchSchema }) body: schemas.ListSearchBody,
  ): Promise<schemas.ListEntriesBody> {
    return { entries: await this.search.execute(of, body) };
  }

  @Get(':entryId')
  @ApiOperation({ operationId: 'readEntry', summary: 'Read an entry of a list' })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: schemas.listEntrySchema })
  @ApiProblem(404, 503)
  @ApiEntryId()
  async read(
    @ListOwner() of: ListOf,
    @EntryId() entryId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListEntry> {
    return withEntityTag(reply, await this.lists.find(of, entryId));
  }

  @Tells('authz_admin')
  @Delete(':entryId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeEntry', summary: 'Take an entry off a list' })
  @ApiResponse({ status: 204, description: 'It is off the list' })
  @ApiProblem(404, 412, 428, 503)
  @ApiEntryId()
  @ApiIfMatch()
  async remove(
    @ListOwner() of: ListOf,
    @EntryId() entryId: string,
    @IfMatch() version: number,
    @Caller() { keyId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.lists.remove(of, { id: entryId, version }, keyId);
    tellWeakening(reply.request, weakens(of, 'remove'));
  }
}
