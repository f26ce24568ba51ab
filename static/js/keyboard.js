/* Keys of the desk: a number chooses an outcome, a letter presses what carries it, ? shows the list.
   Never while one types, and never once they are switched off. */

const TYPING = "textarea, select, input:not([type=radio])";

export function start(desk) {
  const list = desk.querySelector("[data-keys]");
  const on = list.querySelector("input");

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest(TYPING)) return;
    if (!on.checked) return;
    const outcome = desk.querySelectorAll("[name=outcome], [name=agrees]")[event.key - 1];
    const key = CSS.escape(event.key.toLowerCase());
    const pressed = outcome ?? desk.querySelector(`[data-key="${key}"]`);
    const target = event.key === "?" ? list.querySelector("summary") : pressed;
    if (!target) return;
    event.preventDefault();
    target.click();
    target.focus();
  });
}
