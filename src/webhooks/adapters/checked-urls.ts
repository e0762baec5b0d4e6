import { Injectable } from '@nestjs/common';
import { EndpointUrls } from '../application/endpoint-urls.js';
import { endpointUrlProblem } from '../domain/endpoint-url.js';
import { NetworkRules } from './network-rules.js';

@Injectable()
export class CheckedUrls extends EndpointUrls {
  constructor(private readonly rules: NetworkRules) {
    super();
  }

  problemOf(url: string): string | null {
    return endpointUrlProblem(url, this.rules);
  }
}
