import type { Topic } from './topic.ts';
import { configuration } from './topics/configuration.ts';
import { environment } from './topics/environment.ts';
import { exitCodes } from './topics/exit-codes.ts';
import { formats } from './topics/formats.ts';
import { secrets } from './topics/secrets.ts';
import { terms } from './topics/terms.ts';

export const topics: readonly Topic[] = [exitCodes, configuration, secrets, formats, environment, terms];
