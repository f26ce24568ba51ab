/* Puts a rule's own text into the words when the rule is chosen; never over what somebody typed.
   Rules that do not fit the chosen outcome are left out of the list. */

export function start(form) {
  const { rule, words } = form.elements;
  const other = form.querySelector("[data-other-text]");
  if (!rule) return;
  let given = "";

  function put() {
    const { text = "", other: same = "" } = rule.selectedOptions[0].dataset;
    if (!words.value.trim() || words.value === given) {
      words.value = text;
      words.lang = form.dataset.language;
      given = words.value;
      words.dispatchEvent(new Event("input"));
    }
    other.textContent = same;
    other.hidden = !same;
  }

  function fit() {
    const outcome = form.querySelector("[name=outcome]:checked")?.value;
    for (const option of rule.options) {
      const fits = !outcome || !option.dataset.for || option.dataset.for.split(" ").includes(outcome);
      option.hidden = option.disabled = !fits;
    }
    if (!rule.selectedOptions[0]?.disabled) return;
    rule.value = "";
    put();
  }

  rule.addEventListener("change", put);
  form.addEventListener("change", fit);
  fit();
  if (rule.value) put();
}
