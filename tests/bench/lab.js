// Collects, from a page's first moment on, what browsers tell of its loading and of each key.
window.lab = { lcp: 0, cls: 0, long: [], keys: [] };
const watch = (type, on, options = {}) =>
  new PerformanceObserver((list) => list.getEntries().forEach(on)).observe({
    type,
    buffered: true,
    ...options,
  });
watch("largest-contentful-paint", (entry) => (window.lab.lcp = entry.startTime));
watch("layout-shift", (entry) => {
  if (!entry.hadRecentInput) window.lab.cls += entry.value;
});
watch("longtask", (entry) => window.lab.long.push([entry.startTime, entry.duration]));
watch(
  "event",
  (entry) => {
    if (entry.name === "keydown") window.lab.keys.push(entry.duration);
  },
  { durationThreshold: 16 },
);
