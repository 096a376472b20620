import { words } from '../words.ts';

export const publicVpcReason = words(
  'VPC 1 holds what faces the public. It is kept apart from the data, so that a mistake in a public route cannot expose the database.',
  'VPC 1에는 외부에 공개되는 서비스를 둡니다. 데이터와 분리해 두면 퍼블릭 경로에서 실수하더라도 데이터베이스가 드러나지 않습니다.',
);
export const privateVpcReason = words(
  'VPC 2 holds internal services: database, internal API, batch. It has no internet gateway and no NAT.',
  'VPC 2에는 데이터베이스, 내부 API, 배치 같은 내부 서비스를 둡니다. 인터넷 게이트웨이도 NAT도 없습니다.',
);
export const publicSubnetReason = words(
  'Load balancer nodes and the NAT gateway need a public subnet; servers never stand here. Two zones, because a load balancer asks for two.',
  '로드 밸런서 노드와 NAT 게이트웨이에는 퍼블릭 서브넷이 필요합니다. 서버는 두지 않습니다. 로드 밸런서가 요구하므로 가용 영역 두 곳에 둡니다.',
);
export const webSubnetReason = words(
  'Web servers stand in private subnets: nothing on the internet can open a connection to them. Two zones, so that one may fail.',
  '웹 서버는 프라이빗 서브넷에 두어 인터넷에서 직접 연결할 수 없습니다. 한 가용 영역에 장애가 나도 되도록 두 곳에 둡니다.',
);
export const applicationSubnetReason = words(
  'Application servers have subnets of their own, so that routes to the database are given to them and to nobody else.',
  '데이터베이스로 가는 경로를 애플리케이션 서버에만 주려고 서브넷을 따로 둡니다.',
);
export const databaseSubnetReason = words(
  'The database stands in its own subnets without a way out. Three zones leave RDS a choice when a zone is short of capacity.',
  '데이터베이스는 바깥으로 나가는 길이 없는 전용 서브넷에 둡니다. 가용 영역을 세 곳 두면 한 곳의 용량이 모자라도 RDS가 다른 곳을 고를 수 있습니다.',
);
