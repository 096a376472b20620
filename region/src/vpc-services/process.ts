import { serveSupervisor } from '../service-process.ts';
import { VpcServices } from './vpc-services.ts';

serveSupervisor('The resolver and metadata of a VPC', VpcServices.start);
