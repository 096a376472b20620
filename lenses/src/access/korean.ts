/**
 * A Korean noun with the particle that its last sound asks for: `particle('서브넷', '을/를')` is `서브넷을`.
 * Latin capitals are read letter by letter (`VPC` ends on ssi, `ACL` on el).
 */
export function particle(noun: string, pair: '을/를' | '이/가' | '은/는'): string {
  const [closed, open] = pair.split('/');
  return `${noun}${endsClosed(noun) ? closed : open}`;
}

function endsClosed(noun: string): boolean {
  const last = noun.at(-1) ?? '';
  const code = last.charCodeAt(0);
  if (code >= 0xac00 && code <= 0xd7a3) return (code - 0xac00) % 28 !== 0;
  return /[lmnr0136-8]/i.test(last);
}
