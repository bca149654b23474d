// Content types and content negotiation (RFC 9110, sections 8.3.1 and 12.5.1), as far as the routes need them.

/** A content type taken apart, in lower case. */
export interface ContentType {
  /** "text/csv"; empty where the header is absent or has none. */
  readonly mediaType: string;
  /** The charset parameter; empty where there is none. */
  readonly charset: string;
}

/** Takes a content-type header apart. */
export function parseContentType(header: string): ContentType {
  const [mediaType = '', ...parameters] = header.toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  return { mediaType: mediaType.trim(), charset: charset?.slice('charset='.length).replaceAll('"', '') ?? '' };
}

/**
 * The offered media type that an accept header prefers. `fallback` wins ties, and where the header is absent or accepts
 * none of them: an answer of another type is more use than none.
 */
export function preferredMediaType<M extends string>(
  accept: string | undefined,
  offered: readonly M[],
  fallback: M,
): M {
  if (accept === undefined || accept === '*/*') return fallback;
  const ranges = accept.toLowerCase().split(',').map(parseRange);
  let best = fallback;
  let bestQuality = quality(fallback, ranges);
  for (const mediaType of offered) {
    const found = quality(mediaType, ranges);
    if (found > bestQuality) {
      best = mediaType;
      bestQuality = found;
    }
  }
  return best;
}

interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

function parseRange(text: string): MediaRange {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const value = q === undefined ? 1 : Number(q.slice(2));
  return { range, quality: value >= 0 && value <= 1 ? value : 0 };
}

/** The quality of the most specific range that covers a media type; 0 where none does. */
function quality(mediaType: string, ranges: readonly MediaRange[]): number {
  const wholeType = `${mediaType.slice(0, mediaType.indexOf('/'))}/*`;
  for (const wanted of [mediaType, wholeType, '*/*']) {
    const found = ranges.find(({ range }) => range === wanted);
    if (found !== undefined) return found.quality;
  }
  return 0;
}
