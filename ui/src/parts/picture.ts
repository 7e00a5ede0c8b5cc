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

/**
 * Puts a picture into a box. Where another one of the same size and structure is there already, only marks that differ are exchanged:
 * while a lever moves most labels and ticks stay what they are, and to set text is the most expensive part of a picture.
 */
export function draw(box: Element, svg: string): void {
  const [before, after] = [shown.get(box), marksOf(svg)];
  shown.set(box, after);
  const root = box.firstElementChild;
  // A picture with elements in elements has fewer children than marks: it is exchanged as a whole.
  if (!before || !root || before.open !== after.open || root.childElementCount !== before.marks.length) {
    box.innerHTML = svg;
    return;
  }
  const old = [...root.children];
  const changed = [...after.marks.keys()].filter((k) => after.marks[k] !== before.marks[k]);
  const fresh = parsed(changed.map((k) => after.marks[k]).join(''));
  changed.forEach((k, i) => (k < old.length ? old[k]!.replaceWith(fresh[i]!) : root.append(fresh[i]!)));
  old.slice(after.marks.length).forEach((mark) => mark.remove());
}

function parsed(marks: string): Element[] {
  const template = document.createElement('template');
  template.innerHTML = `<svg>${marks}</svg>`;
  return [...template.content.firstElementChild!.children];
}
