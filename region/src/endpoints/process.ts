import { serveSupervisor } from '../service-process.ts';
import { Endpoints } from './endpoints.ts';

serveSupervisor("AWS's endpoints", Endpoints.start);
