/* Starts what a page asks for: data-module="near-me" loads near_me.js and calls its start(element).
   Every file is asked for by the fingerprint in this one's address, so two releases never mix.
   Pages are whole without any of it: a file that cannot be loaded is left out. */

const version = new URL(import.meta.url).search;

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    const file = `./${name.replaceAll("-", "_")}.js${version}`;
    import(file).then((module) => module.start(element), () => {});
  }
}
