/* Keeps urgent help for times without a network: the page, the list of all places that are open, and
   what they need to be shown. Never an answer to a place, a position or a need. */
const KEPT = "urgent";
const PAGES = ["/urgent", "/urgent/all", "/urgent/hindi"];
const ASSETS = /(?:href|src)="(\/static\/[^"]+)"/g;
const MODULES = /data-module="([^"]+)"/g;
const NOTE = " hidden data-without-network";
const [PATIENCE_MS, STALE_MS, BROKEN] = [4000, 12 * 3_600_000, 500];
let isForgotten = false;

/* The addresses a page needs: its sheets and scripts, and the scripts those ask for by name. */
function neededBy(text) {
  const found = [...text.matchAll(ASSETS)].map(([, address]) => address.replaceAll("&amp;", "&"));
  const main = found.find((address) => address.includes("/js/app.js"));
  const version = main ? main.slice(main.indexOf("?")) : "";
  const names = [...text.matchAll(MODULES)].flatMap(([, named]) => named.split(" "));
  const scripts = names.map((name) => `/static/js/${name.replaceAll("-", "_")}.js${version}`);
  return [...new Set([...found, ...scripts])];
}

async function keep(path, answer) {
  const [kept, text] = [await caches.open(KEPT), await answer.clone().text()];
  const add = async (address) => (await kept.match(address)) ?? kept.add(address);
  await Promise.all(neededBy(text).map((address) => add(address).catch(() => {})));
  await kept.put(path, answer);
}

/* What belongs to no kept page any more goes. */
async function tidy() {
  const kept = await caches.open(KEPT);
  const texts = await Promise.all(PAGES.map(async (path) => (await kept.match(path))?.text() ?? ""));
  const wanted = new Set(texts.flatMap(neededBy));
  for (const { url } of await kept.keys()) {
    const { pathname, search } = new URL(url);
    if (!PAGES.includes(pathname) && !wanted.has(pathname + search)) await kept.delete(url);
  }
  if (isForgotten) await caches.delete(KEPT); // It was asked for while this was still being fetched.
}

/* Without cookies, so that what is kept is what anybody gets. */
async function renew(paths) {
  for (const path of paths) {
    const answer = await fetch(path, { cache: "no-cache", credentials: "omit" });
    if (answer.ok) await keep(path, answer);
  }
  await tidy();
}

/* A page that was opened is renewed, and the list with it when the kept one is of yesterday. */
async function keepUp(path) {
  const list = await (await caches.open(KEPT)).match(PAGES[1]);
  const isFresh = Date.now() - Date.parse(list?.headers.get("Date") ?? "") < STALE_MS;
  await renew([...new Set(isFresh ? [path] : [path, PAGES[1]])]);
}

/* The kept page says that it is the kept one. */
async function without(kept) {
  const text = (await kept?.text())?.replace(NOTE, NOTE.replace(" hidden", ""));
  return kept ? new Response(text, { headers: kept.headers }) : Response.error();
}

/* Asked for a place or a need, the same page without them is what can be shown, in its language. */
async function page(event, { pathname, search }) {
  isForgotten = false; // Whoever opens it again has it kept again.
  const own = await caches.match(pathname, { cacheName: KEPT });
  const kept = own ?? (await caches.match(PAGES[0], { cacheName: KEPT }));
  const asked = [fetch(event.request)];
  if (!search || !own) event.waitUntil(asked[0].then(({ ok }) => ok && keepUp(pathname)).catch(() => {}));
  if (kept) asked.push(new Promise((answer) => setTimeout(answer, PATIENCE_MS, null)));
  try {
    const answer = await Promise.race(asked);
    if (kept && (!answer || answer.status >= BROKEN)) return without(kept);
    return answer;
  } catch {
    return without(kept);
  }
}

const asset = async (request) => (await caches.match(request, { cacheName: KEPT })) ?? fetch(request);

/* The page in Hindi is kept for those who read it. */
async function first() {
  const read = new Set((await clients.matchAll({ includeUncontrolled: true })).map(({ url }) => new URL(url).pathname));
  await renew(PAGES.filter((path) => path !== PAGES[2] || read.has(path)));
  await skipWaiting();
}

addEventListener("install", (event) => event.waitUntil(first()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  isForgotten = event.data === "forget";
  if (isForgotten) event.waitUntil(caches.delete(KEPT));
});
addEventListener("fetch", (event) => {
  const [{ request }, address] = [event, new URL(event.request.url)];
  const isOwn = request.method === "GET" && address.origin === location.origin;
  if (isOwn && request.mode === "navigate" && PAGES.includes(address.pathname)) event.respondWith(page(event, address));
  else if (isOwn && address.pathname.startsWith("/static/")) event.respondWith(asset(request));
});
