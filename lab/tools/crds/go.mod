module mcp-fleet.dev/lab/tools/crds

go 1.26.0

// Files are copied from these modules and nothing imports them, so `go mod tidy` would drop them.
// To raise one: `go get <module>@<version>`, then `go mod download <module>`.
require (
	github.com/cilium/cilium v1.20.2
	github.com/external-secrets/external-secrets v1.3.2
	github.com/sigstore/policy-controller v0.13.1
	sigs.k8s.io/network-policy-api v0.2.0
)
