// What a person can't read of the page as it stands: one line each, none if all is well.
() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  if (document.documentElement.scrollWidth > width)
    found.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${width} px`);
  const clips = (overflow) => overflow === "hidden" || overflow === "clip";
  const scrolls = (overflow) => overflow === "auto" || overflow === "scroll";
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const told = (element, what) =>
    found.push(`${what}: <${element.localName}> ${element.textContent.trim().slice(0, 60)}`);
  const isForScreenReaders = (element) => element.clientWidth <= 1 && element.clientHeight <= 1;
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest("svg, select"))
      continue;
    if (element instanceof HTMLInputElement) continue;
    const style = getComputedStyle(element);
    const isBlock = element.clientWidth > 0 && !isForScreenReaders(element);
    if (isBlock && clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      told(element, "cut off at the side");
    else if (isBlock && clips(style.overflowY) && element.scrollHeight > element.clientHeight + 2)
      told(element, "cut off below");
    if (!hasText(element) || element.closest("[data-visually-hidden]")) continue;
    if (isBlock && style.overflowX === "visible" && element.scrollWidth > element.clientWidth + 1)
      told(element, "sticks out of its box");
    let inside = element;
    while (inside && !scrolls(getComputedStyle(inside).overflowX)) {
      if (isForScreenReaders(inside) && inside.clientWidth) break;
      inside = inside.parentElement;
    }
    if (inside) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || box.left < -1)) told(element, "beyond the edge");
  }
  return found;
}
