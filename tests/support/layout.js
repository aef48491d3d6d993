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
  // Drawn nowhere, and there for screen readers.
  const isHidden = (element) =>
    element.closest("svg, select") || getComputedStyle(element).clipPath === "inset(50%)";
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (!element.textContent.trim()) continue;
    let inside = element;
    while (inside && !isHidden(inside)) inside = inside.parentElement;
    if (inside) continue;
    const style = getComputedStyle(element);
    const isBlock = element.clientWidth > 0;
    if (isBlock && clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      told(element, "cut off at the side");
    else if (isBlock && clips(style.overflowY) && element.scrollHeight > element.clientHeight + 2)
      told(element, "cut off below");
    if (scrolls(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      if (!element.querySelector("table")) told(element, "scrolls sideways");
    if (!hasText(element)) continue;
    if (isBlock && style.overflowX === "visible" && element.scrollWidth > element.clientWidth + 1)
      told(element, "sticks out of its box");
    inside = element;
    while (inside && !scrolls(getComputedStyle(inside).overflowX)) inside = inside.parentElement;
    if (inside) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || box.left < -1)) told(element, "beyond the edge");
  }
  return found;
}
