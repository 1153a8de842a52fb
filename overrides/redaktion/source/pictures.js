// Only pictures that the check takes: the file dialog proposes formats, but lets one choose any file, and
// files can be dropped or pasted as well.
const DIALOG = "Bild in einem anderen Format";
// As the CMS draws its own.
const FRAME = `font-family: var(--sui-font-family-default); max-width: 30rem; padding: 1.5rem;
  line-height: 1.5; border: 0; border-radius: .25rem; box-shadow: 0 .5rem 1rem #0006;
  color: var(--sui-primary-foreground-color); background: var(--sui-primary-background-color);`;
const BUTTON = `font: inherit; padding: .25rem 1rem; border: 0; border-radius: .25rem; cursor: pointer;
  color: var(--sui-primary-accent-color-inverted); background: var(--sui-primary-accent-color);`;

export function picturesOnly(config) {
  const fields = config.collections.flatMap((each) => each.fields);
  const endings = fields.find((each) => each.name === "logo").accept.split(",");
  const formats = endings.map((each) => each.slice(1).toUpperCase()).join(", ");

  const refuse = (file) => {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", DIALOG);
    dialog.style.cssText = FRAME;
    const told = document.createElement("p");
    told.textContent = `„${file.name}“ kann hier nicht abgelegt werden. Möglich sind ${formats}.`;
    const close = document.createElement("button");
    close.textContent = "Verstanden";
    close.style.cssText = BUTTON;
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(told, close);
    document.body.append(dialog);
    dialog.showModal();
  };

  const look = (event) => {
    const { target, dataTransfer, clipboardData } = event;
    const files = [...(target.files ?? dataTransfer?.files ?? clipboardData?.files ?? [])];
    const wrong = files.find(({ name }) => !endings.some((each) => name.toLowerCase().endsWith(each)));
    if (!wrong) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (target.files) target.value = "";
    refuse(wrong);
  };
  // Before the CMS hears of it.
  for (const kind of ["change", "drop", "paste"]) window.addEventListener(kind, look, true);
}
