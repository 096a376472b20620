/**
 * Words that a property may be, where the word decides what is built: AWS's specification of types does not list them, the page of each
 * property does. By type and path; a `*` stands for every element of a list, and words are apart by spaces.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export type Values = Readonly<Record<string, Readonly<Record<string, string>>>>;
