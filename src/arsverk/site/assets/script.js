// Before anything is drawn, so that nothing moves: there is a script.
"use strict";

document.documentElement.classList.add("script");
