// Every page in English: the whole of the checks.
import { pagesIn } from "../src/pages.js";

pagesIn(["en"]);
