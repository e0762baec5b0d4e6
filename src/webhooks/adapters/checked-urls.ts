import { Injectable } from '@nestjs/common';
import { EndpointUrls } from '../application/endpoint-urls.js';
import { endpointUrlProblem } from '../domain/endpoint-url.js';

@Injectable()
export class CheckedUrls extends EndpointUrls {
  problemOf(url: string): string | null {
    return endpointUrlProblem(url);
  }
}
