// Toasts go when dismissed. A plain success also goes by itself after a while, but never under the pointer or
// while it holds the focus, and one with a way back or an error stays until it is dismissed.
const READING_TIME = 8000;

const expire = (toast) => {
  if (toast.matches("[data-toast-stays]") || toast.dataset.watched) return;
  toast.dataset.watched = "yes";
  const go = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(go, READING_TIME / 4);
    else toast.remove();
  };
  setTimeout(go, READING_TIME);
};

const watch = () => document.querySelectorAll("[data-toast]").forEach(expire);

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-toast-close]");
  if (close) close.closest("[data-toast]").remove();
});

watch();
document.addEventListener("htmx:load", watch);
