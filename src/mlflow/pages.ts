import { listAt, optionalText, type Reply } from './reply.js';

/** Every object of a list that comes in pages. @param fetchPage Gets the token of the page, undefined for the first. */
export async function pages(
  name: string,
  fetchPage: (pageToken: string | undefined) => Promise<Reply>,
): Promise<readonly Reply[]> {
  const all: Reply[] = [];
  let token: string | undefined;
  do {
    const page = await fetchPage(token);
    all.push(...listAt(page, name));
    token = optionalText(page, 'next_page_token');
  } while (token !== undefined);
  return all;
}
