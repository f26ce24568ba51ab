/* "Near me": asks the browser where it is, once, on a press, and searches round that point.
   The point is rounded to about a hundred metres before it goes anywhere. */

const DECIMALS = 3;
const PATIENCE = { timeout: 10_000, maximumAge: 600_000 };

export function start(button) {
  if (!navigator.geolocation) return;
  const { form } = button;
  const answer = document.getElementById(button.getAttribute("aria-describedby"));
  button.hidden = false;

  // A point found before stays in force until a place is typed.
  form.addEventListener("formdata", ({ formData }) => {
    const now = new URLSearchParams(location.search);
    if (formData.get("near") || formData.has("lat") || !now.get("lat")) return;
    for (const name of ["lat", "lon"]) formData.set(name, now.get(name));
  });

  button.addEventListener("click", () => {
    button.disabled = true;
    answer.textContent = button.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
        said.delete("near");
        said.set("lat", coords.latitude.toFixed(DECIMALS));
        said.set("lon", coords.longitude.toFixed(DECIMALS));
        const there = new URL(form.getAttribute("action"), location.href);
        there.search = said;
        location.assign(there);
      },
      ({ code, PERMISSION_DENIED }) => {
        button.disabled = false;
        answer.textContent = code === PERMISSION_DENIED ? button.dataset.refused : button.dataset.failed;
      },
      PATIENCE,
    );
  });
}
