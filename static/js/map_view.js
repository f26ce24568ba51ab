/* The map of a search is moved: by keys, by the links beside it, and by hand (`map_hand.js` says "pull"). Each step is
   told as "view": the middle, in units of the map, zoom and width. Without points it is walked by its links. */

const [ENDS, UNITS, SIDE, WORLD, GLIDE, REST, STEP] = [{ nearer: 17, wider: 10 }, 16, 800, 2 ** 24, 240, 160, 0.4];
const STEPS = {
  nearer: [0, 0, 1], wider: [0, 0, -1], north: [0, -1, 0], south: [0, 1, 0], west: [-1, 0, 0], east: [1, 0, 0] };
const KEYS = { "+": "nearer", "=": "nearer", "-": "wider",
  ArrowUp: "north", ArrowDown: "south", ArrowLeft: "west", ArrowRight: "east" };
const kept = (value, least, most) => Math.min(most, Math.max(least, value));
const isPlain = (event) => !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

export function start(status) {
  const results = status.parentElement.querySelector("#results");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let [stage, view, bounds, run, resting, waiting] = [null, null, [], 0, 0, 0];
  const size = () => SIDE * 2 ** (UNITS - view.z);
  const frame = () => new URLSearchParams(location.search).get("frame");

  function begin() {
    stage = results.querySelector("[data-points]");
    if (!stage) return;
    const [x, y, z] = stage.dataset.view.split(" ").map(Number);
    [view, bounds] = [{ x, y, z }, stage.dataset.bounds.split(" ").map(Number)];
    stage.dataset.live = "";
    for (const end of results.querySelectorAll("[data-move]:not([href])")) end.setAttribute("href", "#map");
  }

  /* Where the map rests stands in the address; a move that leads no further says so. */
  function rest() {
    const lat = Math.atan(Math.sinh(Math.PI * (1 - (2 * (view.y + bounds[1])) / WORLD))) * (180 / Math.PI);
    const [url, lon] = [new URL(location.href), ((view.x + bounds[0]) / WORLD) * 360 - 180];
    url.searchParams.set("frame", `${lat.toFixed(5)},${lon.toFixed(5)},${view.z}`);
    history.replaceState(history.state, "", url);
    for (const move of results.querySelectorAll("[data-move]")) move.ariaDisabled = ENDS[move.dataset.move] === view.z;
  }

  function show(settled = false) {
    [view.x, view.y] = [kept(view.x, 1, bounds[2]), kept(view.y, 1, bounds[3])]; // Unit 0 begins outside the box.
    const [ground, wide] = [stage.querySelector(".ground"), size()];
    ground.setAttribute("viewBox", `${view.x - wide / 2} ${view.y - wide / 2} ${wide} ${wide}`);
    ground.dataset.zoom = Math.round(view.z);
    if (settled) rest();
    stage.dispatchEvent(new CustomEvent("view", { bubbles: true, detail: { ...view, size: wide, settled } }));
  }

  function glide(to) {
    const [from, began, mine] = [{ ...view }, performance.now(), ++run];
    requestAnimationFrame(function step(now) {
      if (mine !== run) return;
      const part = still.matches ? 1 : kept((now - began) / GLIDE, 0, 1);
      for (const name of Object.keys(to)) view[name] = from[name] + (to[name] - from[name]) * (1 - (1 - part) ** 2);
      show(part === 1);
      if (part < 1) requestAnimationFrame(step);
    });
  }

  function go(name) {
    const [east, south, nearer] = STEPS[name].map((one, axis) => (axis < 2 ? one * STEP * size() : one));
    glide({ x: view.x + east, y: view.y + south, z: kept(Math.round(view.z) + nearer, ENDS.wider, ENDS.nearer) });
  }

  /* By hand: shares of the width to the east and south, and parts of a zoom level round a point that stays in place. */
  function pull({ detail: { east = 0, south = 0, nearer = 0, at = [0, 0], held } }) {
    const before = size();
    view.z = kept(view.z + nearer, ENDS.wider, ENDS.nearer);
    view.x += at[0] * (before - size()) + east * size();
    view.y += at[1] * (before - size()) + south * size();
    run += 1;
    clearTimeout(resting);
    if (!held) resting = setTimeout(() => glide({ ...view, z: Math.round(view.z) }), REST);
    waiting ||= requestAnimationFrame(() => { waiting = 0; show(); });
  }

  results.addEventListener("pull", pull);
  results.addEventListener("keydown", (event) => {
    const name = stage && isPlain(event) && event.target.closest("[data-view], [data-move]") && KEYS[event.key];
    if (!name) return;
    event.preventDefault();
    go(name);
  });
  results.addEventListener("click", (event) => {
    const link = stage && isPlain(event) && event.target.closest("a[href]");
    if (!link || link.hasAttribute("target")) return;
    const { to, move } = link.dataset;
    if (to || STEPS[move]) {
      event.preventDefault();
      event.stopPropagation();
      const [x, y, z] = (to ?? "").split(" ").map(Number);
      to ? glide({ x, y, z }) : go(move);
    } else if (frame() && link.pathname === location.pathname && !stage.contains(link)) {
      const url = new URL(link.href); // Another page or filter of the list keeps the part one looks at.
      url.searchParams.set("frame", frame());
      link.href = url.href;
    }
  });
  results.addEventListener("formdata", ({ formData }) => { if (stage && frame()) formData.set("frame", frame()); });
  new MutationObserver(begin).observe(results, { childList: true });
  begin();
}
