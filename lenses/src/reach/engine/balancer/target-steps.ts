import { covers, intersect, isEmpty, subtract } from '../../traffic/intervals.ts';
import { allTraffic, type TrafficSet } from '../../traffic/traffic-set.ts';
import { type Journey, Recorder, type Step } from '../journey.ts';

/**
 * Records what becomes of a listener's traffic behind the balancer, where it goes to the target's port: in the words of the connection, whose
 * other traffic the target has no say in.
 */
export class TargetSteps {
  readonly #recorder = new Recorder();
  readonly #asked: TrafficSet;
  readonly #atTarget: TrafficSet;

  constructor(asked: TrafficSet, atTarget: TrafficSet) {
    this.#asked = asked;
    this.#atTarget = atTarget;
  }

  add(step: Step): void {
    const translated = this.#translate(step);
    if (translated) this.#recorder.add(translated);
  }

  addBranches(branches: readonly Journey[]): void {
    this.#recorder.addBranches(branches);
  }

  finish(): Journey {
    return this.#recorder.finish();
  }

  #translate(step: Step): Step | null {
    switch (step.kind) {
      case 'group':
      case 'acl': {
        const { perhaps } = step;
        const common = {
          of: this.#asked,
          allowed: this.#map(step.allowed),
          asks: this.#atTarget,
          perhaps: perhaps && { ...perhaps, most: this.#map(perhaps.most), least: this.#map(perhaps.least) },
        };
        return step.kind === 'acl'
          ? { ...step, ...common, sometimes: this.#map(step.sometimes) }
          : { ...step, ...common };
      }
      case 'stop':
        return step.of && isEmpty(intersect(step.of, this.#atTarget)) ? null : { ...step, of: this.#asked };
      case 'doubt':
        return { ...step, of: this.#asked };
      default:
        return { ...step, of: this.#asked };
    }
  }

  #map(allowed: TrafficSet): TrafficSet {
    return covers(allowed, this.#atTarget) ? allTraffic : subtract(allTraffic, this.#asked);
  }
}
