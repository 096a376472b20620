import { type Words, words } from '@terrace/cloud/words';

/**
 * What a person reads for a state that `--json` names. English has the name itself, which is AWS's where AWS has one; Korean has the word of
 * AWS's Korean console, and Korean alone: no name in brackets. A reason of Elastic Load Balancing's (`Target.Timeout`) is a code to be
 * searched for: it stays behind the words.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-states
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html
 */
export function stateWords(state: string): Words {
  return words(state, korean[state] ?? state);
}

const korean: Readonly<Record<string, string>> = {
  // instances
  pending: '대기 중',
  running: '실행 중',
  stopping: '중지 중',
  stopped: '중지됨',
  'shutting-down': '종료 중',
  terminated: '종료됨',
  'user-data-failed': '사용자 데이터 실패',
  'boot-step-refused': '부팅 중 일부 단계 실패',
  // targets
  initial: '초기',
  healthy: '정상',
  unhealthy: '비정상',
  draining: '드레이닝 중',
  unused: '사용되지 않음',
  unavailable: '확인할 수 없음',
  // databases
  available: '사용 가능',
  'storage-full': '스토리지 가득 참',
  'not-answering': '응답하지 않음',
  failed: '실패',
  modelled: '분석에만 사용',
  'in-sync': '동기화됨',
  behind: '동기화 중',
  // alarms
  OK: '정상',
  ALARM: '경보 상태',
  INSUFFICIENT_DATA: '데이터 부족',
  // probes
  accepted: '수락됨',
  refused: '거부됨',
  timeout: '응답 없음',
  'no-address': '주소 없음',
};

/** Why a target is what it is. `Target.ResponseCodeMismatch: Not Found` has behind the colon what was seen. */
export function reasonWords(reason: string): Words {
  const [code = '', ...seen] = reason.split(': ');
  const said = reasons[code];
  if (!said) return words(reason, reason);
  const detail = seen.length > 0 ? `: ${seen.join(': ')}` : '';
  return words(`${said.en}${detail}, ${code}`, `${said.ko}${detail}, ${code}`);
}

const reasons: Readonly<Record<string, Words>> = {
  'Elb.InitialHealthChecking': words('the first checks are under way', '첫 상태 확인 진행 중'),
  'Elb.InternalError': words(
    'the load balancer node that checks it does not answer',
    '상태를 확인하는 로드 밸런서 노드가 응답하지 않음',
  ),
  'Target.NotInUse': words('no listener sends to its group', '이 그룹을 쓰는 리스너 없음'),
  'Target.DeregistrationInProgress': words('it is being deregistered', '등록 취소 중'),
  'Target.ResponseCodeMismatch': words('another status than the check expects', '상태 확인이 기대하는 코드가 아님'),
  'Target.Timeout': words('no answer in time', '제한 시간 안에 응답 없음'),
  'Target.FailedHealthChecks': words('it cannot be connected to', '연결할 수 없음'),
};

/** A lap of `timings`, since the command began to apply. */
export function timingWords(name: string): Words {
  return timings[name] ?? words(name, name);
}

const timings: Readonly<Record<string, Words>> = {
  fabric: words('network', '네트워크'),
  services: words('services', '서비스'),
  database: words('database', '데이터베이스'),
  instances: words('instances', '인스턴스'),
  firstAnswer: words('first answer', '첫 응답'),
  signals: words('signals', '신호'),
};

/** A rung of `terrace diagnose`. */
export function rungWords(rung: string): Words {
  return rungs[rung] ?? words(rung, rung);
}

const rungs: Readonly<Record<string, Words>> = {
  name: words('name', '이름'),
  route: words('route', '경로'),
  acl: words('acl', '네트워크 ACL'),
  group: words('group', '보안 그룹'),
  return: words('return', '돌아오는 길'),
  listener: words('listener', '리스너'),
  tls: words('tls', 'TLS'),
  credentials: words('credentials', '자격 증명'),
};
