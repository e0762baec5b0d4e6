import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../platform/http/public.js';
import { Inbox, type InboxMessage } from './inbox.js';
import { SameOriginGuard } from './same-origin.guard.js';

const filterSchema = z.strictObject({
  verificationId: z.string().optional(),
  /** A `+` that was not percent-encoded arrives as a space. */
  to: z
    .string()
    .transform((to) => to.replace(/^ /, '+'))
    .optional(),
  after: z.string().optional(),
});

/** What phones and mailboxes would have got, for people and tests to read. */
@ApiExcludeController()
@Public()
@UseGuards(SameOriginGuard)
@Controller('sandbox/messages')
export class InboxController {
  constructor(private readonly inbox: Inbox) {}

  @Get()
  list(@Query({ schema: filterSchema }) filter: z.output<typeof filterSchema>): { messages: InboxMessage[] } {
    return { messages: this.inbox.list(filter) };
  }
}
