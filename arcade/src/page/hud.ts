import { dawn, flareCost, fullLight, type Night } from '../rules/night.ts';
import { element } from './element.ts';
import { formatPoints } from './texts.ts';

/** Points, chain, light and hour; the page is touched only where something changed. */
export class Hud {
  readonly #points = element('points');
  readonly #multiplier = element('multiplier');
  readonly #light = element('light');
  readonly #progress = element('progress');
  readonly #flare = element('flare');
  #shown = '';

  show(night: Night): void {
    const light = Math.round((night.light / fullLight) * 200);
    const hour = Math.round((night.step / dawn) * 300);
    const state = `${night.points} ${night.multiplier} ${light} ${hour} ${night.light > flareCost}`;
    if (state === this.#shown) return;
    this.#shown = state;
    this.#points.textContent = formatPoints(night.points);
    this.#multiplier.textContent = night.multiplier > 1 ? `× ${night.multiplier}` : '';
    this.#light.style.transform = `scaleX(${light / 200})`;
    this.#light.parentElement?.classList.toggle('low', night.light < flareCost);
    this.#progress.style.transform = `scaleX(${hour / 300})`;
    this.#flare.classList.toggle('spent', night.light <= flareCost);
  }
}
