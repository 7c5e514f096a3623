// A file may be dropped anywhere on the marked area; what was chosen is named. The browser's own input stays.
const name = (zone, input) => {
  const chosen = zone.querySelector("[data-dropzone-chosen]");
  if (chosen) chosen.textContent = Array.from(input.files, (file) => file.name).join(", ");
};

const prepare = (zone) => {
  const input = zone.querySelector("input[type=file]");
  if (!input || zone.dataset.ready) return;
  zone.dataset.ready = "yes";
  const over = (on) => zone.classList.toggle("drop-over", on);

  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) over(false);
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    const kept = new DataTransfer();
    const files = input.multiple ? event.dataTransfer.files : [event.dataTransfer.files[0]];
    for (const file of files) kept.items.add(file);
    input.files = kept.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => name(zone, input));
};

const prepareAll = () => document.querySelectorAll("[data-dropzone]").forEach(prepare);

prepareAll();
document.addEventListener("htmx:load", prepareAll);
