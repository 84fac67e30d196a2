// Times on the insights' lists, in the reader's own clock.
import { tellTimes } from "./workshop-call.js";

tellTimes(document);
