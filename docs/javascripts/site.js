// The theme lets the keyboard reach a block of code that scrolls, but only where there is a mouse.
function makeReachable() {
  for (const block of document.querySelectorAll("pre")) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    else block.removeAttribute("tabindex");
  }
}
addEventListener("resize", makeReachable);
makeReachable();
