/* Counts the characters of a field while one types; the server counts them again. */

const INDIAN = new Intl.NumberFormat("en-IN");

export function start(counter) {
  const { for: field, least, sayLeast, sayMost } = counter.dataset;
  const [input, count] = [document.getElementById(field), counter.querySelector("[data-count]")];

  function show() {
    const { length } = [...input.value.trim()];
    count.textContent = (length < least ? sayLeast : sayMost).replace("#", INDIAN.format(length));
  }

  input.addEventListener("input", show);
  if (input.value !== input.defaultValue) show(); // A draft was put back before this began.
}
