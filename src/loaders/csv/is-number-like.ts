/** Whether a column's name is hardly one: it is a value, which messages do not show, of a file without a header. */
export function isNumberLike(name: string): boolean {
  return /^[-+\d.,]+$/.test(name);
}
