import { type Action, down, flare, up } from '../rules/night.ts';

const keys: Readonly<Record<string, Action>> = {
  ArrowUp: up,
  KeyW: up,
  KeyK: up,
  ArrowDown: down,
  KeyS: down,
  KeyJ: down,
  Space: flare,
  KeyF: flare,
};

/** Pixels that a finger moves along the hill for one more move. */
const stroke = 36;

/**
 * Keyboard, mouse and touch as wishes. A press above the hare is up, below it down; a finger or mouse that goes on
 * in one direction asks again; two fingers or the other mouse button flare.
 */
export function listenForWishes(
  field: HTMLElement,
  flareButton: HTMLElement,
  hareHeight: () => number,
  wish: (action: Action) => void,
): void {
  addEventListener('keydown', (event) => {
    const action = keys[event.code];
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey || isForTyping(event.target)) return;
    // A focused button would take the space key for itself, and the page would scroll.
    event.preventDefault();
    if (!event.repeat) wish(action);
  });
  const pressed = new Map<number, number>();
  field.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    pressed.set(event.pointerId, event.clientY);
    if (event.button === 2 || pressed.size === 2) wish(flare);
    else if (pressed.size === 1) wish(event.clientY < hareHeight() ? up : down);
  });
  field.addEventListener('pointermove', (event) => {
    const from = pressed.get(event.pointerId);
    if (from === undefined || pressed.size > 1 || Math.abs(event.clientY - from) < stroke) return;
    wish(event.clientY < from ? up : down);
    pressed.set(event.pointerId, event.clientY);
  });
  for (const ending of ['pointerup', 'pointercancel'] as const) {
    addEventListener(ending, (event) => pressed.delete(event.pointerId));
  }
  field.addEventListener('contextmenu', (event) => event.preventDefault());
  flareButton.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    wish(flare);
  });
}

function isForTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement;
}
