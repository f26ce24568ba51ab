/* Which marks the map of a search has while it moves: made as `directory/search/marks.py` makes them, told as "marks".
   The points come once, when the map is moved for the first time, and with them the names of the ground. */

const [UNITS, DEEPEST, SIDE, CELL, APART, FILLED, SEEN, MOST] = [16, 17, 800, 96, 72, 0.86, 0.75, 150];
const [AROUND, AGAIN_MS] = [[-1, 0, 1], 3000];
const units = (zoom, pixels) => pixels * 2 ** (UNITS - zoom);
const along = (inside, axis) => inside.map((one) => one[axis]);
const mean = (inside, axis) => along(inside, axis).reduce((sum, one) => sum + one, 0) / inside.length;
const fetched = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
const ends = (inside, axis) => [Math.min(...along(inside, axis)), Math.max(...along(inside, axis))];

function marksOf(points, zoom) {
  const [side, apart, cells] = [units(zoom, CELL), units(zoom, APART), new Map()];
  for (const point of points) {
    const [column, row] = [Math.floor(point[0] / side), Math.floor(point[1] / side)];
    const cell = cells.get(`${column} ${row}`) ?? { column, row, inside: [] };
    cell.inside.push(point);
    cells.set(`${column} ${row}`, cell);
  }
  for (const cell of cells.values()) [cell.x, cell.y] = [mean(cell.inside, 0), mean(cell.inside, 1)];
  const order = [...cells.values()]
    .sort((one, other) => other.inside.length - one.inside.length || one.row - other.row || one.column - other.column);
  const marks = order.map((first) => first.taken ? [] : AROUND.flatMap((up) => AROUND.flatMap((aside) => {
    const cell = cells.get(`${first.column + aside} ${first.row + up}`);
    if (!cell || cell.taken || Math.hypot(cell.x - first.x, cell.y - first.y) >= apart) return [];
    cell.taken = true;
    return cell.inside;
  })));
  return marks.filter((inside) => inside.length)
    .map((inside) => ({ inside, x: Math.round(mean(inside, 0)), y: Math.round(mean(inside, 1)) }))
    .sort((one, other) => one.y - other.y || one.x - other.x);
}

export function start(status) {
  let [stage, view, told, known, levels] = [];

  /* What a mark says, and the part of the map it leads to; none where no zoom level draws its listings apart. */
  function meaning({ inside, x, y }) {
    const [first, number] = [inside[0], inside.length];
    const mark = { x, y, number, slugs: along(inside, 2), words: `${first[3]}, ${known.roles[first[4]]}` };
    if (number < 2) return mark;
    const [[left, right], [top, bottom]] = [ends(inside, 0), ends(inside, 1)];
    const wide = Math.max(right - left, bottom - top);
    const isTogether = told.zoom === DEEPEST || wide * 2 < units(DEEPEST, CELL);
    const zoom = Math.min(DEEPEST, Math.max(told.zoom + 1, UNITS - Math.ceil(Math.log2(wide / FILLED / SIDE))));
    const words = stage.dataset[isTogether ? "together" : "several"].replace("{number}", number);
    const to = isTogether ? null : [(left + right) / 2, (top + bottom) / 2, zoom].join(" ");
    return { ...mark, to, words: words.replace("{place}", known.places[first[5]]) };
  }

  function tell() {
    told = { ...view, zoom: Math.round(view.z) };
    if (!levels.has(told.zoom)) levels.set(told.zoom, marksOf(known.points, told.zoom));
    const isNear = (x, y) => Math.max(Math.abs(x - view.x), Math.abs(y - view.y)) < view.size * SEEN;
    const near = levels.get(told.zoom).filter(({ x, y }) => isNear(x, y)).slice(0, MOST);
    const names = known.names.filter(([x, y, , from]) => from <= told.zoom && isNear(x, y));
    for (const mark of near) mark.is ??= meaning(mark);
    const detail = { view, names, zoom: told.zoom, marks: along(near, "is"), total: known.points.length };
    stage.dispatchEvent(new CustomEvent("marks", { bubbles: true, detail }));
  }

  status.parentElement.addEventListener("view", async ({ target, detail }) => {
    view = detail;
    if (target !== stage) {
      [stage, known, levels] = [target, null, new Map()];
      const [points, ground] = await Promise.all([fetched(target.dataset.points), fetched(target.dataset.names)]);
      const isThere = points && ground;
      if (!isThere) setTimeout(() => { if (target === stage) stage = null; }, AGAIN_MS);
      if (!isThere || target !== stage) return; // The marks the page came with stay, until it is asked again.
      known = { ...points, ...ground };
      tell();
    }
    const moved = known && Math.max(Math.abs(view.x - told.x), Math.abs(view.y - told.y)) > view.size * (SEEN - 0.5);
    if (known && (moved || view.settled || Math.round(view.z) !== told.zoom)) tell();
  });
}
