import type { Signature } from "../../catalog";

/**
 * Who signs ToolHive's images: any workflow of its repository that runs for a version's tag. Its releases
 * publish the issuer and the beginning of the identity, `https://github.com/stacklok/toolhive`
 * (ToolHive v0.48 .github/workflows/helm-publish.yml); images are signed by image-build-and-publish.yml,
 * which releaser.yml calls when a release is published.
 */
export const toolhiveSigner: Signature = {
  issuer: "https://token.actions.githubusercontent.com",
  subjectPattern:
    "^https://github\\.com/stacklok/toolhive/\\.github/workflows/[^/@]+\\.yml@refs/tags/v[^/]+$",
  attestations: [],
};
