/** Characters (code points) of a text. */
export function textLength(text: string): number {
  let length = text.length;
  for (let i = 1; i < text.length; i++) {
    const isLow = (text.charCodeAt(i) & 0xfc00) === 0xdc00;
    if (isLow && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) length -= 1;
  }
  return length;
}
