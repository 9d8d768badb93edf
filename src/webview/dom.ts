/** What a new element gets. */
export interface ElementParts {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

/** A new element with its children. Text is only ever set as text: what is shown comes from source files and traces. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  parts: ElementParts = {},
  children: readonly Node[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  dress(made, parts);
  made.append(...children);
  return made;
}

/** A new element of a picture. */
export function shape(
  name: 'svg' | 'path' | 'circle' | 'line' | 'g' | 'rect' | 'text',
  attributes: Readonly<Record<string, string>>,
  children: readonly Node[] = [],
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Gives an element its class, text, attributes and listeners. */
export function dress(target: HTMLElement, parts: ElementParts): void {
  if (parts.class !== undefined) {
    target.className = parts.class;
  }
  if (parts.text !== undefined) {
    target.textContent = parts.text;
  }
  for (const [key, value] of Object.entries(parts.attributes ?? {})) {
    target.setAttribute(key, value);
  }
  for (const [type, listener] of Object.entries(parts.on ?? {})) {
    target.addEventListener(type, listener);
  }
}
