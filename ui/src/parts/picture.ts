/** The engine's picture for the page. It escapes all text itself; its title and description are said by the label around it, not by the system's tooltip. */
export const picture = (svg: string): string => svg.replace(/<title>[\s\S]*?<\/title>|<desc>[\s\S]*?<\/desc>/g, '').replace(' role="img"', ' aria-hidden="true"');

/** A mark of a picture: one element, text with its letters. */
const MARK = /<text\b[\s\S]*?<\/text>|<[a-z][^>]*\/>/g;

/** The opening tag of a picture and its marks, from back to front. */
interface Marks {
  readonly open: string;
  readonly marks: readonly string[];
}

export function marksOf(svg: string): Marks {
  const end = svg.indexOf('>') + 1;
  return { open: svg.slice(0, end), marks: svg.slice(end).match(MARK) ?? [] };
}

/** What boxes show. */
const shown = new WeakMap<Element, Marks>();

/** End of a sequence of marks that both pictures have: where the last of them stands in each, and the sequence before it. */
interface Link {
  readonly old: number;
  readonly at: number;
  readonly previous: Link | undefined;
}

/** Where each mark stood before, or −1: as many marks as possible stay, in their order (longest common subsequence; Hunt and Szymanski 1977). */
export function stayed(before: readonly string[], after: readonly string[]): readonly number[] {
  const places = new Map<string, number[]>();
  before.forEach((mark, k) => places.set(mark, [k, ...(places.get(mark) ?? [])]));
  // For each length the sequence that ends earliest in the old picture.
  const ends: Link[] = [];
  after.forEach((mark, at) => {
    for (const old of places.get(mark) ?? []) {
      let [length, above] = [0, ends.length];
      while (length < above) {
        const middle = (length + above) >> 1;
        if (ends[middle]!.old < old) length = middle + 1;
        else above = middle;
      }
      ends[length] = { old, at, previous: ends[length - 1] };
    }
  });
  const from = after.map(() => -1);
  for (let link = ends.at(-1); link; link = link.previous) from[link.at] = link.old;
  return from;
}

/**
 * Puts a picture into a box. Where another one of the same size is there already, only marks that differ are exchanged:
 * while a lever moves most labels and ticks stay what they are, and to set text is the most expensive part of a picture.
 */
export function draw(box: Element, svg: string): void {
  const [before, after] = [shown.get(box), marksOf(svg)];
  shown.set(box, after);
  layOut(box);
  const root = box.firstElementChild;
  // A picture with elements in elements has fewer children than marks: it is exchanged as a whole.
  if (!before || !root || before.open !== after.open || root.childElementCount !== before.marks.length) {
    box.innerHTML = svg;
    return;
  }
  const old = [...root.children];
  const from = stayed(before.marks, after.marks);
  const staying = new Set(from);
  const fresh = parsed(after.marks.filter((_, k) => from[k]! < 0).join(''));
  old.filter((_, k) => !staying.has(k)).forEach((mark) => mark.remove());
  let [next, inserted] = [root.firstElementChild, 0];
  for (const place of from) {
    if (place < 0) root.insertBefore(fresh[inserted++]!, next);
    else next = old[place]!.nextElementSibling;
  }
}

/**
 * Lays out what was changed before this picture. WebKit lays out a part of the page alone only where all that changed lies in one part:
 * two pictures changed together are twice the work of one after the other (22 and 11 ms, WebKitGTK 2.50).
 */
const layOut = (box: Element) => void box.getBoundingClientRect();

function parsed(marks: string): Element[] {
  const template = document.createElement('template');
  template.innerHTML = `<svg>${marks}</svg>`;
  return [...template.content.firstElementChild!.children];
}
