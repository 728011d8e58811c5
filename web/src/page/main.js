import { canDraw } from "../picture.js"; document.documentElement.dataset.webgl = String(canDraw());
