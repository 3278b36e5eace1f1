/**
 * What a job does with the stack that `STACK` names: it makes the stack where it is not there yet, then deploys
 * it when `APPLY` is true, else shows what would change.
 */
export const deployScript = `pulumi stack select --create "$STACK"
if [ "$APPLY" = true ]; then
  pulumi up --yes --skip-preview --non-interactive --stack "$STACK"
else
  pulumi preview --non-interactive --stack "$STACK"
fi
`;
