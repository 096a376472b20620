/**
 * What a change of a property does to the resource.
 * - `in-place`: it stays and keeps working.
 * - `interruption`: it stays, identifiers included, and pauses, as an instance does that restarts.
 * - `replacement`: a new one is made, references move to it, the old one is deleted.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export type UpdateBehavior = 'in-place' | 'interruption' | 'replacement';
