import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** Whether an ordinary user runs this, and not root. */
export function isRootless(): boolean {
  return process.getuid?.() !== 0;
}

/** Whether `/etc/subuid` and `/etc/subgid` give this user a range, by name or number. */
export function hasSubordinateIds(): boolean {
  const { username, uid } = userInfo();
  return ['/etc/subuid', '/etc/subgid'].every((file) => {
    if (!existsSync(file)) return false;
    const owners = readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split(':')[0]);
    return owners.includes(username) || owners.includes(String(uid));
  });
}

/** Whether a `uid_map` (inside, outside, count) gives this user id a meaning. */
export function isMapped(uidMap: string, id: number): boolean {
  return uidMap
    .trim()
    .split('\n')
    .some((line) => {
      const [inside, , count] = line.trim().split(/\s+/).map(Number);
      return id >= inside! && id < inside! + count!;
    });
}
