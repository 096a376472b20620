/** What HAProxy says of one server of a backend. */
export interface ServerReport {
  readonly backend: string;
  readonly server: string;
  /** `UP`, `DOWN`, `UP 1/2`, `no check`, `MAINT` for one that was taken out … */
  readonly status: string;
  /** `L7OK`, `L4CON`, `L7STS` …; empty before the first check, `* ` in front while one is under way. */
  readonly check: string;
  readonly detail: string;
  /** Requests, or connections, under way. */
  readonly sessions: number;
  /** Milliseconds for which it has been asked without one success; `null` once there was one. */
  readonly waitingFor: number | null;
}

/**
 * Reads HAProxy's answer to `show stat` for servers.
 *
 * @param waitingFor for how long a server, by its key, has been asked without one success
 */
export function readServerReports(said: string, waitingFor: (key: string) => number | null): ServerReport[] {
  const [header = '', ...lines] = said.split('\n');
  const columns = header.replace(/^# /, '').split(',');
  const at = (fields: readonly string[], column: string) => fields[columns.indexOf(column)] ?? '';
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const fields = line.split(',');
      const key = { backend: at(fields, 'pxname'), server: at(fields, 'svname') };
      return {
        ...key,
        status: at(fields, 'status'),
        check: at(fields, 'check_status'),
        detail: at(fields, 'last_chk'),
        sessions: Number(at(fields, 'scur')),
        waitingFor: waitingFor(serverKey(key)),
      };
    });
}

/** `BACKEND/SERVER`, as HAProxy's commands name it. */
export function serverKey({ backend, server }: { readonly backend: string; readonly server: string }): string {
  return `${backend}/${server}`;
}
