/**
 * Milliseconds of a duration as CloudFormation's policies state it, `PT#H#M#S`; `undefined` for anything else. Days are none of it: they are longer
 * than the longest that is allowed.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html
 */
export function durationOf(text: string): number | undefined {
  const stated = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text);
  if (!stated) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = stated.slice(1).map((each) => Number(each ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
