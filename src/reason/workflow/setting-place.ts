import type { Place } from '../../model/workflow/place.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';

/**
 * Where a finding on a workflow as a whole (who runs it, its owner, its status) stands: native YAML the line that names the workflow, so
 * that one comment above it covers them all; the other formats the setting where it is written.
 */
export const settingPlace = ({ format, place }: Workflow, setting: Place | undefined): Place =>
  format === 'NY' ? place : (setting ?? place);
