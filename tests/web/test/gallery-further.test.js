// Every page in every other language: words and lengths.
import { gallery } from "../src/gallery.js";
import { pagesIn } from "../src/pages.js";

pagesIn(gallery.languages.filter((language) => language !== "en"));
