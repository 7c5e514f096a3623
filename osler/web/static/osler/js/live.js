// Listens to the stream named by `data-live-url` and passes on what it tells.
//   progress {"key": "import-7", "value": 40, "maximum": 300, "text": "40 of 300 rows read"} moves the element
//     marked data-live-progress="import-7";
//   every event, progress too, is also sent to the page as "live:<name>" with its data as detail, so that a part
//     can refresh itself: hx-trigger="live:standing from:body".
// The names listened to are those in `data-live-events` (progress and standing when nothing is said).
// A lost stream is taken up again by the browser; while it is lost, nothing on the page is wrong, only older.
// After that, or when the house says "resync", something may have been missed: every part refreshes once.
const DEFAULT_EVENTS = "progress standing";
const streams = new Map();

const parsed = (text) => {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return { text };
  }
};

const move = (data) => {
  for (const place of document.querySelectorAll(`[data-live-progress="${CSS.escape(String(data.key))}"]`)) {
    const bar = place.querySelector("progress");
    if (bar && Number.isFinite(data.maximum)) bar.max = data.maximum;
    if (bar && Number.isFinite(data.value)) bar.value = data.value;
    const words = place.querySelector("[data-live-text]");
    if (words && data.text) words.textContent = data.text;
  }
};

const listen = (element) => {
  const url = element.dataset.liveUrl;
  if (!url || streams.has(url)) return;
  const stream = new EventSource(url);
  streams.set(url, stream);
  const names = (element.dataset.liveEvents ?? DEFAULT_EVENTS).split(/\s+/);
  const tell = (name, detail) => document.body.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
  const refreshAll = () => names.forEach((name) => tell(name, {}));
  let greetings = 0;
  stream.addEventListener("hello", () => {
    greetings += 1;
    if (greetings > 1) refreshAll();
  });
  stream.addEventListener("resync", refreshAll);
  for (const name of names) {
    stream.addEventListener(name, (event) => {
      const data = parsed(event.data);
      if (name === "progress") move(data);
      tell(name, data);
      if (data.is_done && element.hasAttribute("data-live-once")) {
        stream.close();
        streams.delete(url);
      }
    });
  }
};

const listenAll = () => {
  document.querySelectorAll("[data-live-url]").forEach(listen);
  for (const [url, stream] of streams) {
    if (!document.querySelector(`[data-live-url="${CSS.escape(url)}"]`)) {
      stream.close();
      streams.delete(url);
    }
  }
};

listenAll();
document.addEventListener("htmx:load", listenAll);
addEventListener("pagehide", () => streams.forEach((stream) => stream.close()));
