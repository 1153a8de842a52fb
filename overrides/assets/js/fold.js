// A text as it is compared: whoever types "cafe" or "Ueberlandwerk" finds "Café" and "Überlandwerk".

export function fold(text) {
  return text
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    // Takes accents off letters and makes the small 2 of CO₂ a plain one.
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
}
