import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Applications } from '../../applications/applications.js';
import { Caller } from '../../applications/caller.js';
import { ApiApplicationId, ApplicationId } from '../../applications/http/ids.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { IdPipe } from '../../platform/http/id-pipe.js';
import { Tells } from '../../platform/http/security-events.js';
import { ClearTrip } from '../application/clear-trip.js';
import { ListTrips, type ListedTrip } from '../application/list-trips.js';
import { tripListSchema } from './fraud.schema.js';

/** Gives the handler the path's `:tripId`. */
const TripId = () => Param('tripId', new IdPipe('trip'));
const ApiTripId = () => ApiParam({ name: 'tripId', description: 'Id of the trip', example: 'trp_3fKs9x0PqLmA' });

/** What the detectors have tripped: an application sees its own, an operator everybody's or one application's. */
@ApiTags('fraud')
@Controller('v1/admin')
export class FraudController {
  constructor(
    private readonly listTrips: ListTrips,
    private readonly clearTrip: ClearTrip,
    private readonly applications: Applications,
  ) {}

  @Get('fraud')
  @Needs('admin', 'operator')
  @ApiOperation({ operationId: 'listTrips', summary: 'What is tripped now, why, and until when' })
  @ApiResponse({ status: 200, description: 'The newest first', standardSchema: tripListSchema })
  @ApiProblem(503)
  async list(@Caller() { applicationId }: Principal): Promise<{ trips: ListedTrip[] }> {
    return { trips: await this.listTrips.of(applicationId) };
  }

  @Tells('authz_admin')
  @Delete('fraud/:tripId')
  @Needs('admin', 'operator')
  @HttpCode(204)
  @ApiOperation({ operationId: 'clearTrip', summary: 'Clear what a detector has tripped, on every node at once' })
  @ApiResponse({ status: 204, description: 'Its counts begin anew' })
  @ApiTripId()
  @ApiProblem(404, 503)
  clear(@TripId() id: string, @Caller() { applicationId, keyId }: Principal): Promise<void> {
    return this.clearTrip.clear(applicationId, id, keyId);
  }

  @Get('applications/:id/fraud')
  @Needs('operator')
  @ApiOperation({ operationId: 'listTripsOfApplication', summary: "What is tripped of one application's" })
  @ApiResponse({ status: 200, description: 'The newest first', standardSchema: tripListSchema })
  @ApiApplicationId()
  @ApiProblem(404, 503)
  async listOf(@ApplicationId() applicationId: string): Promise<{ trips: ListedTrip[] }> {
    const { id } = await this.applications.find(applicationId);
    return { trips: await this.listTrips.of(id) };
  }

  @Tells('authz_admin')
  @Delete('applications/:id/fraud/:tripId')
  @Needs('operator')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'clearTripOfApplication',
    summary: "Clear what a detector has tripped of an application's",
  })
  @ApiResponse({ status: 204, description: 'Its counts begin anew' })
  @ApiApplicationId()
  @ApiTripId()
  @ApiProblem(404, 503)
  clearOf(@ApplicationId() applicationId: string, @TripId() id: string, @Caller() { keyId }: Principal): Promise<void> {
    return this.clearTrip.clear(applicationId, id, keyId);
  }
}
