/** What the browser remembers between visits; a browser that remembers nothing is no reason to fail. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`arcade.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`arcade.${name}`);
    else localStorage.setItem(`arcade.${name}`, value);
  } catch {
    // Private windows of some browsers refuse; the game goes on without.
  }
}
