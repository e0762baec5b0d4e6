import { Param } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { IdPipe } from '../../platform/http/id-pipe.js';

/** Gives the handler the path's `:endpointId`. */
export const EndpointId = () => Param('endpointId', new IdPipe('endpoint'));

export const ApiEndpointId = () =>
  ApiParam({ name: 'endpointId', description: 'Id of the endpoint', example: 'hook_W1Yp8vXyS0mUu3d2Zb6qkw' });

/** Gives the handler the path's `:eventId`. */
export const EventId = () => Param('eventId', new IdPipe('message'));

export const ApiEventId = () =>
  ApiParam({ name: 'eventId', description: 'The `webhook-id` that it was sent under', example: 'evt_4711' });
