/* Pictures of the ground under the map of a search, where whoever runs the site named a host for them: those of the
   zoom level at which the map rests. */

const SIDE = 256;

export function start(status) {
  status.parentElement.addEventListener("view", ({ target: stage, detail: { x, y, z, size, settled } }) => {
    if (!settled) return;
    const [pictures, fresh, side] = [stage.querySelector(".ground__pictures"), [], SIDE * 2 ** (16 - z)];
    const [east, south] = stage.dataset.bounds.split(" ").map(Number);
    for (let column = Math.floor((x + east - size / 2) / side); column * side < x + east + size / 2; column += 1) {
      for (let row = Math.floor((y + south - size / 2) / side); row * side < y + south + size / 2; row += 1) {
        const picture = document.createElementNS(pictures.namespaceURI, "image");
        const href = stage.dataset.pictures.replace("{z}", z).replace("{x}", column).replace("{y}", row);
        const lies = { href, x: column * side - east, y: row * side - south, width: side, height: side };
        for (const [name, value] of Object.entries(lies)) picture.setAttribute(name, value);
        fresh.push(picture);
      }
    }
    pictures.replaceChildren(...fresh);
  });
}
