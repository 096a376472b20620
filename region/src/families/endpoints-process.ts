import type { EndpointEvent, EndpointsConfiguration } from '../endpoints/configuration.ts';
import { Endpoints } from '../endpoints/endpoints.ts';
import { serveSupervisor } from '../service-process.ts';
import { services } from './registry.ts';

serveSupervisor<EndpointsConfiguration, EndpointEvent>("AWS's endpoints", (configuration, emit) =>
  Endpoints.start(configuration, emit, services),
);
