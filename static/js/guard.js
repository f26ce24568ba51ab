/* Hints for the author while typing: what may tell who wrote. On the device; nothing is sent or kept.
   Contract with the form: <div class="guard" data-module="guard" data-for="id of the textarea"
   data-listed="Dr Meenakshi Rawat" data-say-phone data-say-link data-say-date data-say-place data-say-name
   hidden role="status"> holding <ul data-list></ul> and
   <template data-row><li><mark></mark> – <span></span></li></template>. The server screens again. */

const [PAUSE, MOST] = [600, 6];
const KIN = "sister|brother|mother|father|mum|mom|dad|son|daughter|wife|husband|cousin|friend|uncle|aunt|"
  + "roommate|behen|behan|bahan|bhai|beta|beti|pati|patni|dost";
const STAFF = "dr|doctor|nurse|sister|counsellor|therapist|warden|attendant|mr|mrs|ms";
const MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
  + "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const HINDI_MONTHS = "जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर|तारीख|tarikh";
const HINDI_KIN = "बहन|भाई|बेटी|बेटे|बेटा|पति|पत्नी|माँ|मां|पिता|दोस्त|डॉ|डॉक्टर|नर्स|नाम";
const SMALL = "को|ने|का|की|के|से|है|भी|और|बहुत";
const NAME = "(?:\\.? )(\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)?)";
const anyCase = (words) => words.replace(/\b[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const RULES = [
  ["phone", /(?<![\d₹])(?:\+?91[ -]?|0)?[6-9०-९](?:[ .-]?[\d०-९]){9}(?!\d)/g],
  ["link", /\S+@[\w-]+\.\w+|\S+ (?:at|@) \w+ dot com|https?:\/\/\S+|www\.\S+/gi],
  ["link", /(?<![@\w.-])[\w-]+\.(?:com|org|net|co\.in)\b|(?<!\S)@\w{3,}/gi],
  ["date", /(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d{2}(?!\d)/g],
  ["date", new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${MONTHS})\\b`, "gi")],
  ["date", new RegExp(`\\b(?:${MONTHS}) \\d{1,2}(?:st|nd|rd|th)?(?!\\d)`, "gi")],
  ["date", new RegExp(`[\\d०-९]{1,2} (?:${HINDI_MONTHS})`, "gi")],
  ["place", /\b(?:bed|ward|cabin|flat|house|plot|gali|street|lane)(?: (?:no\.?|number))? ?#?[a-z]?-?\d+/gi],
  ["place", /(?:बेड|वार्ड|कमरा|मकान|फ्लैट|गली)(?: नंबर)? ?[\d०-९]+/g],
  ["name", new RegExp(`\\b(?:${anyCase(`${KIN}|${STAFF}`)})${NAME}`, "gu")],
  ["name", new RegExp(`(?:मेरी|मेरे|मेरा) (?:${HINDI_KIN}) (?!${SMALL})([\\u0900-\\u097f]{3,}) (?=${SMALL})`, "gu")],
];

const wordsOf = (text) => text.toLowerCase().split(/[^\p{L}\p{M}]+/u).filter(Boolean);

/* What is said in a text, each once, in its order; the listed person's own name is left out. */
function noticed(text, listed) {
  const own = new Set(wordsOf(listed));
  const found = new Map();
  for (const [kind, pattern] of RULES) {
    for (const match of text.matchAll(pattern)) {
      if (kind === "name" && wordsOf(match[1]).every((word) => own.has(word))) continue;
      if (!found.has(match[0])) found.set(match[0], { kind, said: match[0], at: match.index });
    }
  }
  return [...found.values()].sort((one, other) => one.at - other.at).slice(0, MOST);
}

export function start(guard) {
  const input = document.getElementById(guard.dataset.for);
  const list = guard.querySelector("[data-list]");
  const row = guard.querySelector("[data-row]");
  let [timer, shown] = [0, ""];

  function show() {
    const found = noticed(input.value.normalize("NFKC"), guard.dataset.listed ?? "");
    const said = found.map((one) => one.said).join("\n");
    if (said === shown) return; // A status that says the same again would be read out again.
    shown = said;
    guard.hidden = !found.length;
    list.replaceChildren(...found.map(({ kind, said: words }) => {
      const line = row.content.cloneNode(true);
      line.querySelector("mark").textContent = words.trim();
      line.querySelector("span").textContent = guard.getAttribute(`data-say-${kind}`);
      return line;
    }));
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  show();
}
