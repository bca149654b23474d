/**
 * What `mlflow:URL` on the command line stands for; `mlflow:` alone is the server of MLflow's own environment
 * variable.
 */
export function mlflowAddress(place: string): { readonly uri?: string } | undefined {
  if (!place.startsWith('mlflow:')) return undefined;
  const uri = place.slice('mlflow:'.length);
  return uri === '' ? {} : { uri };
}
