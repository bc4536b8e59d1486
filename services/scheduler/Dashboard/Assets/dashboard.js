// Everything works without scripts; these keep an open page up to date and save a few clicks.
import { keepLive } from './live.js';
import { keepTimes } from './times.js';
import { countChosen } from './choose.js';

keepTimes();
keepLive();
countChosen();
