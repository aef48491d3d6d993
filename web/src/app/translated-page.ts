/**
 * Keeps a page that the browser translates working, and true.
 *
 * Chrome's translation puts elements of its own in the place of texts. React then changes texts
 * that are no longer on the page, so that an old number stays to be read, or it removes one,
 * which throws, and the page is gone (react issue 11538). So it is noted what stands for a text:
 * that goes with the text, and gives way to it when it changes.
 */
export function followTranslation(): void {
  const translations = new WeakMap<Node, Element>();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- they are called on a parent
  const { removeChild, insertBefore } = Node.prototype;

  /** What stands in `parent` for one of its texts that was translated; else the node itself. */
  const standIn = (parent: Node, node: Node): Node => {
    const translation = translations.get(node);
    return translation?.parentNode === parent ? translation : node;
  };
  Node.prototype.removeChild = function <T extends Node>(child: T): T {
    removeChild.call(this, standIn(this, child));
    translations.delete(child);
    return child;
  };
  Node.prototype.insertBefore = function <T extends Node>(node: T, before: Node | null): T {
    return insertBefore.call(this, node, before && standIn(this, before)) as T;
  };

  const changes = new MutationObserver((records) => {
    for (const { target: text } of records) {
      translations.get(text)?.replaceWith(text);
      translations.delete(text);
    }
  });
  new MutationObserver((records) => {
    for (const record of records) {
      for (const text of record.removedNodes) {
        if (text.nodeType !== Node.TEXT_NODE || text.isConnected) continue;
        const placed = [...record.addedNodes, record.previousSibling, record.nextSibling];
        const translation = placed.find(isTranslation);
        if (!translation) continue;
        translations.set(text, translation);
        changes.observe(text, { characterData: true });
      }
    }
  }).observe(document, { childList: true, subtree: true });
}

/** The portal itself has no such elements. */
function isTranslation(node: Node | null): node is Element {
  return node instanceof Element && node.tagName === "FONT";
}
