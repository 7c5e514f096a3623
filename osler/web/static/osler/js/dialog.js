// Without a script a dialog opens as a popover. Here it becomes modal: the page behind is inert, Escape closes
// it, and the focus returns to the button. Works for parts that htmx brings later, too.
const makeModal = (root) => {
  for (const button of root.querySelectorAll("[data-dialog-open]")) {
    const dialog = document.getElementById(button.dataset.dialogOpen);
    if (!dialog || typeof dialog.showModal !== "function") continue;
    dialog.removeAttribute("popover");
    button.removeAttribute("popovertarget");
    for (const close of dialog.querySelectorAll("[data-dialog-close]")) {
      close.removeAttribute("popovertarget");
      close.removeAttribute("popovertargetaction");
    }
  }
};

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) document.getElementById(opener.dataset.dialogOpen)?.showModal?.();

  const closer = event.target.closest("[data-dialog-close]");
  if (closer) closer.closest("dialog")?.close();

  // A press on the veil falls on the dialog itself, outside its box.
  const dialog = event.target;
  if (dialog instanceof HTMLDialogElement && dialog.open) {
    const box = dialog.getBoundingClientRect();
    const isInside = event.clientX >= box.left && event.clientX <= box.right
      && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!isInside && event.detail > 0) dialog.close();
  }
});

makeModal(document);
document.addEventListener("htmx:load", (event) => makeModal(event.target.parentElement ?? document));
